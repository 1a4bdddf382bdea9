namespace NumaHistory.Schema.Placement;

/// <summary>
/// Whether and where a guest fits on one host. Limits null = no further limit; policy null = closest. With shared cells allowed,
/// several guest cells may go to one host cell where they do not fit otherwise.
/// </summary>
public sealed record PlacementRequest(
    PlacementHost Host,
    PlacementGuest Guest,
    PlacementLimits? Limits = null,
    PlacementPolicy? Policy = null,
    bool AllowSharedCells = false);
