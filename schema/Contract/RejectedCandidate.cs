using System.Text.Json;

namespace NumaHistory.Schema.Contract;

/// <summary>A host where a guest would not fit, with its findings.</summary>
public sealed record RejectedCandidate(string Host, IReadOnlyList<JsonElement>? Findings)
{
    /// <summary>The findings as one text: their sentences, else their codes; null where there are none.</summary>
    public string? Why() => Findings is not { Count: > 0 } ? null : string.Join("; ", Findings.Select(finding =>
        finding.ValueKind == JsonValueKind.Object && (finding.TryGetProperty("text", out var text) || finding.TryGetProperty("code", out text))
            ? text.ToString()
            : finding.ToString()));
}
