using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Events;

/// <summary>
/// Somebody decided a guest's pinning on a host. By is what they called themselves; who really wrote it stands in the event's metadata.
/// Origin is <c>declared</c>, <c>accepted proposal</c> or <c>backfilled</c>; Overruled are the reasons against it that were known and
/// set aside by force; Rejected are the hosts that were not chosen.
/// </summary>
public sealed record PinningDecided(
    string Host,
    Guid Guest,
    string Name,
    GuestPins Pins,
    PinningContext Context,
    string By,
    string Why,
    string Origin,
    IReadOnlyList<string> Overruled,
    IReadOnlyList<RejectedAlternative> Rejected,
    DateTimeOffset ObservedAt) : IGuestFact;
