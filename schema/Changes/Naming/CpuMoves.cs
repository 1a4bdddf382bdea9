using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>CPUs that stayed but are in other cells, as after another setting of cells per socket.</summary>
internal static class CpuMoves
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var moved = differing.Left.Where(IsMembership)
            .Select(Cpu)
            .Distinct()
            .Select(cpu => (Cpu: cpu, Was: CellsOf(differing.Before, cpu), Now: CellsOf(differing.After, cpu)))
            .Where(cpu => cpu.Was is not null && cpu.Now is not null && !cpu.Was.Equals(cpu.Now))
            .GroupBy(cpu => (Was: cpu.Was!, Now: cpu.Now!))
            .ToList();
        foreach (var group in moved)
        {
            var cpus = CpuSet.Of(group.Select(cpu => cpu.Cpu));
            var parts = differing.Claim(part => IsMembership(part) && cpus.Contains(Cpu(part)));
            yield return new TopologyChange(
                ChangeNames.CpuMoved, $"cpu {cpus}", Text(group.Key.Was), Text(group.Key.Now), parts);
        }
    }

    private static bool IsMembership(TopologyPart part) =>
        part is { List: "cells", Field: "cpus" or "onlineCpus", Sub: not "" };

    private static int Cpu(TopologyPart part) => int.Parse(part.Sub, CultureInfo.InvariantCulture);

    private static CpuSet? CellsOf(HostTopology topology, int cpu) =>
        topology.Cells!.Any(cell => cell.Cpus is null)
            ? null
            : CpuSet.Of(topology.Cells!.Where(cell => cell.Cpus!.Contains(cpu)).Select(cell => cell.Id));

    private static string Text(CpuSet cells) => cells.IsEmpty ? "no cell" : $"cell {cells}";
}
