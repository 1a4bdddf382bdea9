using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>The verdicts on one guest as they are found: a new stretch begins where something about them changes.</summary>
internal sealed class VerdictRecord
{
    private readonly List<VerdictInterval> _intervals = [];
    private VerdictInterval? _open;

    /// <summary>The step that free memory was on when it was last judged.</summary>
    public int MemoryStep { get; set; }

    public void Add(DateTimeOffset at, string host, FitReport report, FitQuestion question, Func<IReadOnlyList<HistoryFact>> by)
    {
        if (_open is { } open && open.Host == host && open.Situation == report.Situation && open.Verdict == report.Verdict
            && SameCodes(open.Because, report.Findings))
        {
            return;
        }

        End(at);
        _open = new VerdictInterval(at, at, host, report.Situation, report.Verdict, [.. Codes(report.Findings)], report, question, by());
    }

    /// <summary>The guest is nowhere from here on.</summary>
    public void End(DateTimeOffset at)
    {
        if (_open is { } open && at > open.From)
        {
            _intervals.Add(open with { To = at });
        }

        _open = null;
    }

    public IReadOnlyList<VerdictInterval> Close(DateTimeOffset until)
    {
        // What begins at the very end has no length, and is what holds there.
        if (_open is { } open && open.From >= until)
        {
            _intervals.Add(open with { To = until });
            _open = null;
        }

        End(until);
        return _intervals;
    }

    private static IEnumerable<string> Codes(IReadOnlyList<Finding> findings) =>
        findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct();

    private static bool SameCodes(IReadOnlyList<string> codes, IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? codes.Count == 0 : codes.SequenceEqual(Codes(findings));
}
