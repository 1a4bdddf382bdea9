namespace NumaHistory.Schema.Placement;

/// <summary>A host as placement sees it: what its cells have and what of it is taken.</summary>
public sealed record PlacementHost(string Name, IReadOnlyList<CellRoom> Cells);
