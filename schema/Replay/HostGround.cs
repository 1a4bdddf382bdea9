using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Replay;

/// <summary>What a placement on a host rests on from a moment on, but for its free memory: the host, the guests on it, why that is too old to judge by.</summary>
internal sealed record HostGround(DateTimeOffset From, FitHost Host, IReadOnlyList<GuestPins> Others, string? Stale);
