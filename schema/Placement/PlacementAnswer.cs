using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Where a guest fits (CLI.md, PlacementAnswer): candidates best first; hosts that do not fit with every reason. Cells without a candidate
/// are told once for each reason, with all host cells it holds for.
/// </summary>
public sealed record PlacementAnswer(bool Fits, IReadOnlyList<PlacedCandidate> Candidates, IReadOnlyList<RejectedHost> Rejected)
{
    /// <summary>The position of the newest event when a store was asked; null = no store was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Position { get; init; }

    /// <summary>Which memory data free memory comes from when a store was asked: <c>raw</c> samples, the newest at that moment; null = no store was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemorySource { get; init; }
}
