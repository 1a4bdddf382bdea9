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
        var free = cells.Count == 0 ? null : Try(() => connection.FreeMemory(cells[^1].Id + 1), "free memory", problems);
        if (free is null)
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

        var pools = cells.SelectMany(cell => cell.Pages ?? []);
        var sizes = pools.Select(pool => (uint)pool.SizeKiB).Distinct().Order().ToArray();
        var (first, count) = (cells[0].Id, cells[^1].Id - cells[0].Id + 1);
        if (count == cells.Count)
        {
            var all = Ask(first, count, "free pages");
            return all is null ? null : cells.ToDictionary(
                cell => cell.Id,
                cell => CellMemoryFacts.Pages(cell, sizes, all.AsSpan((cell.Id - first) * sizes.Length, sizes.Length)));
        }

        // Cell numbers have gaps, and libvirt refuses a range with a cell that is not there.
        return cells.ToDictionary(
            cell => cell.Id,
            cell => CellMemoryFacts.Pages(cell, sizes, Ask(cell.Id, 1, $"free pages of cell {cell.Id}")));

        ulong[]? Ask(int start, int howMany, string what) =>
            sizes.Length == 0 ? [] : Try(() => connection.FreePages(sizes, start, howMany), what, problems);
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
