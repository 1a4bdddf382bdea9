namespace NumaHistory.Schema.Memory;

/// <summary>The least memory of the cells of a block in every hour of the clock (UTC), out of its columns; no sample is made.</summary>
public static class HourlyLeast
{
    /// <summary>The hours in order, those without a sample left out; samples after a moment do not count.</summary>
    public static IReadOnlyList<(DateTimeOffset From, IReadOnlyList<CellLeast> Cells)> Of(ReadOnlySpan<byte> payload, DateTimeOffset until)
    {
        var reader = new BlockReader(payload);
        var hours = Hours(reader.Instants, until.ToUnixTimeMilliseconds());
        var (count, samples) = (reader.Header.Cells.Count, reader.Instants.Length);
        var cells = hours.Select(_ => new CellLeast[count]).ToArray();
        var columns = Enumerable.Range(0, BlockCell.OwnColumns).Select(_ => new long[samples]).ToArray();
        for (var i = 0; i < count; i++)
        {
            var cell = reader.Header.Cells[i];
            Read(ref reader, columns);
            for (var hour = 0; hour < hours.Count; hour++)
            {
                cells[hour][i] = Least(cell.Id, columns, hours[hour].First, hours[hour].Count);
            }

            Pages(ref reader, cell, columns[0], hours, cells, i);
        }

        reader.Done();
        return cells is [{ Length: 0 }, ..] ? [] : [.. hours.Zip(cells, (hour, found) => (hour.From, (IReadOnlyList<CellLeast>)found))];
    }

    private static List<(DateTimeOffset From, int First, int Count)> Hours(long[] instants, long until)
    {
        const long hour = 3_600_000;
        var hours = new List<(DateTimeOffset From, int First, int Count)>();
        for (var first = 0; first < instants.Length && instants[first] <= until;)
        {
            var from = (long)Math.Floor(instants[first] / (double)hour);
            var next = first;
            while (next < instants.Length && instants[next] <= until && instants[next] < (from + 1) * hour)
            {
                next++;
            }

            hours.Add((DateTimeOffset.FromUnixTimeMilliseconds(from * hour), first, next - first));
            first = next;
        }

        return hours;
    }

    private static void Read(ref BlockReader reader, long[][] columns)
    {
        foreach (var column in columns)
        {
            reader.ReadColumn(column);
        }
    }

    private static CellLeast Least(int id, long[][] columns, int first, int count)
    {
        var (total, free, either) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (var at = first; at < first + count; at++)
        {
            var (now, reclaimable) = (columns[1][at], columns[2][at]);
            total = columns[0][at] >= 0 ? Math.Min(total, columns[0][at]) : total;
            free = now >= 0 ? Math.Min(free, now) : free;
            either = now >= 0 && reclaimable >= 0 ? Math.Min(either, now + reclaimable) : either;
        }

        return new CellLeast(id, Known(total), Known(free), Known(either), null);
    }

    private static void Pages(
        ref BlockReader reader, BlockCell cell, long[] column, List<(DateTimeOffset From, int First, int Count)> hours, CellLeast[][] cells, int place)
    {
        if (cell.PageSizesKiB is not { } sizes)
        {
            return;
        }

        var pages = hours.Select(_ => new FreePages[sizes.Count]).ToArray();
        for (var size = 0; size < sizes.Count; size++)
        {
            reader.ReadColumn(column);
            for (var hour = 0; hour < hours.Count; hour++)
            {
                var least = column.AsSpan(hours[hour].First, hours[hour].Count).ToArray().Min();
                pages[hour][size] = new FreePages(sizes[size], ColumnDecoder.Known(least));
            }
        }

        for (var hour = 0; hour < hours.Count; hour++)
        {
            cells[hour][place] = cells[hour][place] with { Pages = pages[hour] };
        }
    }

    private static long? Known(long value) => value == long.MaxValue ? null : value;
}
