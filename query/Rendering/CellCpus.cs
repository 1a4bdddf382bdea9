using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>The silicon of a cell's CPUs.</summary>
internal static class CellCpus
{
    /// <summary>The sockets a cell's CPUs sit on; null where that is not known of any.</summary>
    public static CpuSet? Sockets(TopologyItem item, Cell cell)
    {
        var sockets = Infos(item, cell).Select(cpu => cpu.Socket).OfType<int>().Where(socket => socket >= 0).ToList();
        return sockets.Count > 0 ? CpuSet.Of(sockets) : cell.Cpus is { IsEmpty: true } ? CpuSet.Empty : null;
    }

    /// <summary>The cores of a cell, each with its CPUs of that cell; null where siblings are not known.</summary>
    public static IReadOnlyList<CpuSet>? Cores(TopologyItem item, Cell cell)
    {
        var infos = Infos(item, cell).ToList();
        if (cell.Cpus is null || infos.TrueForAll(cpu => cpu.Siblings is null))
        {
            return cell.Cpus is { IsEmpty: true } ? [] : null;
        }

        return
        [
            .. infos.Select(cpu => (cpu.Siblings ?? CpuSet.Of(cpu.Id)).Intersect(cell.Cpus))
                .Distinct()
                .OrderBy(core => core.First),
        ];
    }

    private static IEnumerable<CpuInfo> Infos(TopologyItem item, Cell cell) =>
        item.CpuInfo?.Where(cpu => cell.Cpus?.Contains(cpu.Id) ?? false) ?? [];
}
