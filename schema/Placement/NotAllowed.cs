using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>CPUs that are online and that guests may not have: where CPUs or cells are short, they are among the reasons.</summary>
internal static class NotAllowed
{
    private static readonly string[] Short = ["vnuma-mismatch", "self-overlap", "overlap", "overcommit", "smt-policy", "cpu-offline"];

    /// <summary>The answer with that reason, where it is one.</summary>
    public static PlacementAnswer Told(PlacementAnswer answer, HostTopology? topology, GuestWish wish)
    {
        if (answer.Rejected is not [var host] || topology?.Cpus.Allowed is not { } allowed || !host.Findings.Any(finding => Short.Contains(finding.Code)))
        {
            return answer;
        }

        var cells = (topology.Cells ?? []).Where(cell => wish.OnCells?.Contains(cell.Id) != false)
            .Select(cell => (cell.Id, Cpus: (HostRooms.Online(topology, cell) ?? CpuSet.Empty).Except(allowed))).Where(cell => !cell.Cpus.IsEmpty).ToList();
        return cells.Count == 0 ? answer : answer with { Rejected = [host with { Findings = [.. host.Findings, Reason(cells)] }] };
    }

    private static Finding Reason(List<(int Id, CpuSet Cpus)> cells)
    {
        var cpus = cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus));
        var where = FitWords.Cells(CpuSet.Of(cells.Select(cell => cell.Id).Distinct()));
        return new Finding(
            "cpu-not-allowed", Verdict.Degraded, "host", null, cpus.ToString(), [], $"let guests use {FitWords.Cpus(cpus)}", FindingCodes.Dimension("cpu-not-allowed"),
            $"{FitWords.Cpus(cpus)} of {where} {FitWords.Is(cpus)} online, but guests may not use {(cpus.Count == 1 ? "it" : "them")} here");
    }
}
