using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// Which host cell each slot may stand for, no two the same: first the one of its number, then the one of its content, then where its
/// CPUs are now, then the nearest. No more than <see cref="Most"/> choices are looked at.
/// </summary>
internal static class CellChoices
{
    public const int Most = 256;

    public static IEnumerable<int[]> Of(Intent intent, Ground ground, TopologyIndex? then)
    {
        var options = intent.Slots.Select((slot, index) => Options(intent, slot, index, ground, then)).ToList();
        return Choose(options, [], options.Count).Take(Most);
    }

    private static IEnumerable<int[]> Choose(List<List<int>> options, List<int> chosen, int count)
    {
        if (chosen.Count == count)
        {
            return [[.. chosen]];
        }

        return options[chosen.Count].Where(cell => !chosen.Contains(cell))
            .SelectMany(cell => Choose(options, [.. chosen, cell], count));
    }

    private static List<int> Options(Intent intent, Slot slot, int index, Ground ground, TopologyIndex? then)
    {
        var cells = ground.Host.Topology.Cells ?? [];
        var content = then?.Cell(slot.Cell)?.Cpus;
        var standing = intent.Sets.Values.SelectMany(set => set).Distinct()
            .Where(cpu => cpu.Slot == index && cpu.Id is not null)
            .GroupBy(cpu => ground.Host.CellOf(cpu.Id!.Value))
            .ToDictionary(cell => cell.Key, cell => cell.Count());
        return
        [
            .. cells.Where(cell => slot.HasCpus ? ground.Host.FastestTier is not { } tier || cell.Tier is null || cell.Tier == tier : cell.MemoryKiB != 0)
                .Where(cell => !slot.HasCpus || cell.Cpus is { IsEmpty: false })
                .OrderByDescending(cell => cell.Id == slot.Cell)
                .ThenByDescending(cell => content is { IsEmpty: false } && content.Equals(cell.Cpus))
                .ThenByDescending(cell => standing.GetValueOrDefault(cell.Id))
                .ThenBy(cell => Distance(ground.Host, slot.Cell, cell.Id))
                .ThenBy(cell => cell.Id)
                .Select(cell => cell.Id),
        ];
    }

    /// <summary>How far a cell is from another; 0 to itself, far where nothing tells.</summary>
    public static int Distance(TopologyIndex host, int from, int to) => from == to
        ? 0
        : host.Cell(from)?.Distances?.FirstOrDefault(one => one.Cell == to)?.Distance ?? 255;
}
