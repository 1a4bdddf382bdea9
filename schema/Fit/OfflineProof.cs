using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>The event that took the CPUs of a cpu-offline finding offline: the first since which none of them was online. Whatever came after is no proof of it.</summary>
public static class OfflineProof
{
    /// <summary>
    /// The report with those events as proofs. For the event that a finding names: the capacities of that host by that source up to it, the newest
    /// first; null where it holds none.
    /// </summary>
    public static FitReport Of(FitReport report, Func<Guid, IEnumerable<(Guid Event, CpuSet? Online)>?> upTo) =>
        report.Findings.Any(IsOffline) ? report with { Findings = [.. report.Findings.Select(finding => Of(finding, upTo))] } : report;

    /// <summary>Whether it is such a finding.</summary>
    public static bool IsOffline(Finding finding) => finding.Code == "cpu-offline";

    private static Finding Of(Finding finding, Func<Guid, IEnumerable<(Guid Event, CpuSet? Online)>?> upTo)
    {
        if (!IsOffline(finding) || finding.Saved is not { } saved || finding.Observed is not { } left)
        {
            return finding;
        }

        var missing = CpuSet.Parse(saved).Except(CpuSet.Parse(left));
        var since = finding.Proof.Select(upTo).FirstOrDefault(told => told is not null)?
            .TakeWhile(told => told.Online is { } online && !online.Overlaps(missing))
            .Select(told => (Guid?)told.Event)
            .LastOrDefault();
        return since is { } id ? finding with { Proof = [id] } : finding;
    }
}
