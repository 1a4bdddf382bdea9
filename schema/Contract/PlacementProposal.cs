using NumaHistory.Schema.Placement;

namespace NumaHistory.Schema.Contract;

/// <summary>A PlacementAnswer (CLI.md) as far as a decision needs it, bare or as the items of an envelope.</summary>
public sealed record PlacementProposal(
    IReadOnlyList<PlacedCandidate>? Candidates, IReadOnlyList<RejectedCandidate>? Rejected, IReadOnlyList<PlacementProposal>? Items = null, long? Position = null, DateTimeOffset? At = null);
