using System.Globalization;
using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Rendering;

/// <summary>A report in one plain sentence.</summary>
internal static class FitWording
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Broken => "BROKEN",
        Verdict.Unknown => "UNKNOWN",
        Verdict.Degraded => "DEGRADED",
        Verdict.Fits => "FITS",
        _ => "INFO",
    };

    public static string Of(Situation situation) => situation switch
    {
        Situation.Running => "running",
        Situation.Start => "start",
        Situation.Resume => "resume",
        _ => "migrate-in",
    };

    /// <summary>The worst finding's own words; null where the pinning fits.</summary>
    public static string? Reason(FitReport report) => report.Verdict == Verdict.Fits
        ? null
        : report.Findings.FirstOrDefault(finding => finding.Verdict == report.Verdict)?.Text;

    public static string Sentence(FitReport report)
    {
        var subject = (report.Verdict, report.Situation) switch
        {
            (Verdict.Fits, Situation.Running) => $"{report.Guest} runs on {report.Host} as it is meant to.",
            (Verdict.Fits, Situation.Start) => $"{report.Guest} fits on {report.Host}: it can start there as it is meant to.",
            (Verdict.Fits, Situation.Resume) => $"{report.Guest} fits on {report.Host}: it can be resumed there as it is meant to.",
            (Verdict.Fits, _) => $"{report.Guest} fits on {report.Host}: it can be moved there as it is meant to.",
            (Verdict.Degraded, Situation.Running) => $"{report.Guest} runs on {report.Host}, but not as it is meant to: ",
            (Verdict.Degraded, Situation.Start) => $"{report.Guest} can start on {report.Host}, but not as it is meant to: ",
            (Verdict.Degraded, _) => $"{report.Guest} can run on {report.Host}, but not as it is meant to: ",
            (Verdict.Unknown, _) => $"nobody can tell whether {report.Guest} fits on {report.Host}: ",
            (_, Situation.Running) => $"the pinning of {report.Guest} on {report.Host} is broken: ",
            _ => $"{report.Guest} does not fit on {report.Host}: ",
        };
        var more = report.Findings.Count(finding => finding.Verdict is not Verdict.Info) - 1;
        var rest = more > 0 ? $" (and {more} more)" : "";
        return Reason(report) is { } reason ? $"{subject}{reason}{rest}." : subject;
    }
}
