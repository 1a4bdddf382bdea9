using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Replay;

/// <summary>The least memory that every cell of a host had free in an hour of the clock (UTC), from its samples; thinning them changes nothing.</summary>
public sealed record HourMemory(DateTimeOffset From, ObservedMemory Least);
