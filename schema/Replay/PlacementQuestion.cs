using NumaHistory.Schema.Placement;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// When, in a stretch of observed time, a guest would have fitted on these hosts (keys; null: on each that was known). Named = somebody asks
/// about the end of the stretch; else it is now.
/// </summary>
public sealed record PlacementQuestion(
    GuestWish Wish, DateTimeOffset Since, DateTimeOffset Until, IReadOnlySet<string>? Hosts = null, bool IsNamed = false);
