using System.Text.Json.Serialization;
using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Placement;

/// <summary>A host where the guest does not fit, with every reason; the repair of each is the nearest change that would remove it.</summary>
public sealed record RejectedHost(string Host, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether it may fit or not: what is known is too old, or nothing speaks against it but what is not known.</summary>
    [JsonIgnore]
    public bool IsUnknown => Findings.Any(finding => finding.Code == "stale")
        || (Findings.Any(finding => finding.Verdict == Verdict.Unknown) && Findings.All(finding => finding.Verdict is Verdict.Unknown or Verdict.Info));
}
