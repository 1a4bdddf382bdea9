using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Events;

/// <summary>
/// A layer of a guest that a host held and does not any more: a saved image that was used or thrown away, a definition that was taken back
/// from a guest that still runs.
/// </summary>
public sealed record PinningGone(
    string Host, string Source, Guid Guest, string Name, PinLayer Layer, DateTimeOffset ObservedAt) : IGuestFact;
