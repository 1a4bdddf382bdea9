using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Observing;

/// <summary>
/// A guest that a source listed and whose definition in a layer it could not read this time: neither changed nor
/// gone. The reason is among the problems.
/// </summary>
public sealed record UnreadGuest(string Guest, string? Uuid, PinLayer Layer);
