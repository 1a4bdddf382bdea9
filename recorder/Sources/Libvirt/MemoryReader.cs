using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>Free memory of all cells in one call, and their free huge pages in another.</summary>
internal static class MemoryReader
{
    public static ObservedMemory? Read(HostConnection connection, HostTopology topology, List<Problem> problems)
    {
        var cells = topology.Cells ?? [];
        if (cells.Count == 0 || Try(() => connection.FreeMemory(cells[^1].Id + 1), "free memory", problems) is not { } free)
        {
            return null;
        }

        var pages = Pages(connection, cells, problems);
        return new ObservedMemory([.. cells.Select(cell => CellMemoryFacts.Of(cell, free, pages?[cell.Id]))]);
    }

    private static Dictionary<int, IReadOnlyList<FreePages>>? Pages(
        HostConnection connection, IReadOnlyList<Cell> cells, List<Problem> problems)
    {
        if (cells.All(cell => cell.Pages is null))
        {
            return null;
        }

        var sizes = cells.SelectMany(cell => cell.Pages ?? []).Select(pool => (uint)pool.SizeKiB).Distinct().Order().ToArray();
        var (first, count) = (cells[0].Id, cells[^1].Id - cells[0].Id + 1);
        if (count == cells.Count)
        {
            var all = sizes.Length == 0 ? [] : Try(() => connection.FreePages(sizes, first, count), "free pages", problems);
            return all is null ? null : cells.ToDictionary(
                cell => cell.Id,
                cell => CellMemoryFacts.Pages(cell, sizes, all.AsSpan((cell.Id - first) * sizes.Length, sizes.Length)));
        }

        // Cell numbers have gaps, and libvirt refuses a range with a cell that is not there.
        return cells.ToDictionary(
            cell => cell.Id,
            cell => CellMemoryFacts.Pages(
                cell,
                sizes,
                sizes.Length == 0 ? [] : Try(() => connection.FreePages(sizes, cell.Id, 1), $"free pages of cell {cell.Id}", problems)));
    }

    private static ulong[]? Try(Func<ulong[]> ask, string what, List<Problem> problems)
    {
        try
        {
            return ask();
        }
        catch (LibvirtException error)
        {
            // What a driver cannot tell was not looked at; that is no problem.
            if (!error.IsUnsupported)
            {
                problems.Add(new Problem(what, null, error.Message));
            }

            return null;
        }
    }
}
