namespace NumaHistory.Schema.Contract;

/// <summary>A host where a guest would fit, and how.</summary>
public sealed record PlacedCandidate(string Host, IReadOnlyList<PlacedCell>? Cells);
