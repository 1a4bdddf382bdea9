using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Whether a pinning fits a host: what the hypervisor will do with the literal CPU and cell ids there. Pure; all findings, in a fixed
/// order: worst first, then by code, then by subject.
/// </summary>
public static class FitCheck
{
    /// <summary>The version of these rules; it rises whenever one of them gives another answer.</summary>
    public const int Rules = 1;

    // What is worse than it could be, but may have been meant so. The context tells: it was no better there.
    private static readonly string[] MaybeMeant =
    [
        "cell-split", "vnuma-mismatch", "memory-tier", "emulator-floating", "isolated-floating", "core-type-mixed", "emulator", "iothread", "device-remote",
    ];

    /// <summary>Judges one pinning on one host.</summary>
    public static FitReport Check(FitQuestion question)
    {
        var situation = question.Situation ?? Default(question.Guest);
        var findings = question.Host.Topology is { } host ? Judge(question, situation, host) : NoTopology(question, situation);
        return new FitReport(
            question.Guest.Guest, question.Host.Name, question.At, situation, Rules, Worst(findings), findings);
    }

    /// <summary>The situation of a guest of which only its definition is known.</summary>
    public static Situation Default(GuestPins guest) => guest.Layer == PinLayer.SavedImage ? Situation.Resume
        : guest.State is "running" or "paused" or "blocked" or "idle" or "in shutdown" or "pmsuspended" ? Situation.Running
        : Situation.Start;

    private static IReadOnlyList<Finding> Judge(FitQuestion question, Situation situation, HostTopology host)
    {
        var fit = new FitCase(question, situation, host);
        Stale(fit);
        Run(fit);
        Unchecked(fit);
        return fit.Findings.Count switch
        {
            0 => [],
            1 => [.. Meant(fit)],
            _ => Ordered([.. Meant(fit)]),
        };
    }

    private static List<Finding> Ordered(List<Finding> findings)
    {
        findings.Sort(FindingOrder.Instance);
        return findings;
    }

    private static void Run(FitCase fit)
    {
        RunMaybeMeant(fit);
        CpuFindings.Find(fit);
        SmtFindings.Find(fit);
        SharingFindings.Find(fit);
        MemoryFindings.Find(fit);
        PageFindings.Find(fit);
        DistanceFindings.Find(fit);
        ModelFindings.Find(fit);
        SoftFindings.Find(fit);
        LayerFindings.Find(fit);
        DriftFindings.Find(fit);
    }

    // Whatever finds one of the codes that may have been meant.
    private static void RunMaybeMeant(FitCase fit)
    {
        IsolationFindings.Find(fit);
        SiliconFindings.Find(fit);
        CellFindings.Find(fit, fit.Pins.Parts);
        MemoryDriftFindings.Find(fit);
        ThreadFindings.Find(fit);
        DeviceFindings.Find(fit);
    }

    private static void Stale(FitCase fit)
    {
        if (fit.Question.Evidence.Stale is { } why)
        {
            fit.Add("stale", Verdict.Unknown, "host", null, null, FitWords.Stale(why), FitWords.StaleRepair);
        }
    }

    private static void Unchecked(FitCase fit)
    {
        if (fit.Context is null && fit.Pins.IsPinned)
        {
            fit.CouldNotCheck("whether the CPU and cell numbers still mean what they meant when it was pinned (its context was not kept)");
        }

        if (fit.Unchecked.Count > 0)
        {
            fit.Add(
                "not-checked", Verdict.Info, "guest", null, null, $"could not be checked: {string.Join("; ", fit.Unchecked.Distinct())}", proof: []);
        }
    }

    private static IEnumerable<Finding> Meant(FitCase fit)
    {
        if (fit.Context is null || !fit.Findings.Any(IsMaybeMeant))
        {
            return fit.Findings;
        }

        var then = new FitCase(
            fit.Question with { Host = new FitHost(fit.Question.Host.Name, fit.Context.Topology), Context = null, Others = [] },
            fit.Situation,
            fit.Context.Topology);
        RunMaybeMeant(then);
        var meant = then.Findings.Select(finding => (finding.Code, finding.Subject, finding.Saved, finding.Observed)).ToHashSet();
        return fit.Findings.Select(finding => IsMaybeMeant(finding) && meant.Contains((finding.Code, finding.Subject, finding.Saved, finding.Observed))
            ? finding with { Verdict = Verdict.Info, Text = $"{finding.Text} (it was so when this was pinned)" }
            : finding);
    }

    private static bool IsMaybeMeant(Finding finding) =>
        finding.Verdict == Verdict.Degraded && Array.IndexOf(MaybeMeant, finding.Code) >= 0;

    private static IReadOnlyList<Finding> NoTopology(FitQuestion question, Situation situation)
    {
        var fit = new FitCase(question, situation, HostTopology.Of(new CpuMasks(), null));
        fit.Add(
            "no-topology", Verdict.Unknown, "host", null, null, $"nothing is known of the topology of {question.Host.Name}", "record the host's topology first");
        return fit.Findings;
    }

    private static Verdict Worst(IReadOnlyList<Finding> findings)
    {
        var worst = Verdict.Fits;
        foreach (var finding in findings)
        {
            worst = finding.Verdict > worst ? finding.Verdict : worst;
        }

        return worst;
    }
}
