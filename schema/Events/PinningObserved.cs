using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Events;

/// <summary>
/// The whole pinning of one layer of a guest, as one source saw it on a host. The state of the guest is not part of it, nor are the CPUs its
/// vCPUs happened to be on.
/// </summary>
public sealed record PinningObserved(
    string Host,
    string Source,
    Guid Guest,
    string Name,
    PinLayer Layer,
    Fingerprint Fingerprint,
    GuestPins Pins,
    DateTimeOffset ObservedAt) : IGuestFact
{
    /// <summary>What one layer looks like on a host; the fingerprint tells two pinnings apart.</summary>
    public static PinningObserved Of(string host, string source, GuestPins pins, DateTimeOffset at)
    {
        var stateless = pins with { State = null, StateReason = null, Effective = pins.Effective?.Lasting() };
        return new PinningObserved(
            host,
            source,
            GuestKey.For(host, pins),
            pins.Guest,
            pins.Layer,
            Fingerprint.OfJson(stateless, FactJson.Default.GuestPins),
            stateless,
            at);
    }
}
