using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// parse_cpurange of Xen (tools/xl/xl_parse.c): <c>all,^nodes:1,5</c>, in the order written. Empty items and CPUs the
/// host does not have are passed over without a word; an empty set is an answer.
/// </summary>
internal static class XlList
{
    private const string Kind = "xl list";

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var set = CpuSet.Empty;
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var cursor = new Cursor(item);
            var without = cursor.TrySkip('^');
            var nodes = cursor.TrySkip("node:") || cursor.TrySkip("nodes:");
            var answer = cursor.Rest is "all" ? All(text, without, context) : Range(text, cursor, nodes, context);
            if (answer is not CpuSetAnswer.Parsed { Set: var named })
            {
                return answer;
            }

            set = without ? set.Except(named) : set.Union(named);
        }

        return Answers.Set(set);
    }

    private static CpuSetAnswer All(string text, bool without, CpuSetContext context)
    {
        if (without)
        {
            return Answers.Refuse(text, Kind, "^ cannot stand before all");
        }

        return context.Universe is { } all ? Answers.Set(all) : Answers.NeedsCpus;
    }

    private static CpuSetAnswer Range(string text, Cursor cursor, bool nodes, CpuSetContext context)
    {
        if (!TryRange(cursor, out var first, out var last))
        {
            return Answers.Refuse(text, Kind, $"'{cursor.Rest}' is no number and no range");
        }

        if (nodes)
        {
            return context.Cells.Count == 0 ? Answers.NeedsCells : Answers.Set(CpusOf(context, first, last));
        }

        if (last - first > uint.MaxValue || (context.Universe is null && last > CpuSet.MaxId))
        {
            return Answers.Refuse(text, Kind, $"{last} is no CPU number");
        }

        return Answers.Set(Cpus(first, last, context.Width ?? CpuSet.MaxId + 1));
    }

    private static bool TryRange(Cursor cursor, out ulong first, out ulong last)
    {
        var start = cursor.At;
        var taken = TryUlong(cursor, out first);
        last = first;
        if (taken && cursor.TrySkip('-'))
        {
            taken = TryUlong(cursor, out last) && last >= first;
        }

        taken = taken && cursor.AtEnd;
        cursor.At = taken ? cursor.At : start;
        return taken;
    }

    private static bool TryUlong(Cursor cursor, out ulong value)
    {
        var taken = cursor.TryUnsigned(10, out var number);
        value = number.Unsigned;
        return taken && value != ulong.MaxValue;
    }

    private static CpuSet CpusOf(CpuSetContext context, ulong first, ulong last) =>
        context.Cells.Where(cell => (ulong)cell.Key >= first && (ulong)cell.Key <= last)
            .Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Value));

    /// <summary>
    /// libxl's bitmaps take an int, so numbers above 32 bits begin again at 0; what the bitmap has no room for is
    /// dropped.
    /// </summary>
    private static CpuSet Cpus(ulong first, ulong last, int width)
    {
        if (width == 0)
        {
            return CpuSet.Empty;
        }

        var (low, high) = unchecked(((uint)first, (uint)last));
        var end = (uint)(width - 1);
        return low <= high
            ? Clipped(low, Math.Min(high, end))
            : Clipped(low, end).Union(Clipped(0, Math.Min(high, end)));
    }

    private static CpuSet Clipped(uint first, uint last) =>
        first > last ? CpuSet.Empty : CpuSet.Range((int)first, (int)last);
}
