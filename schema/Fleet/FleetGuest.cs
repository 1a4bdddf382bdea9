using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>What follows from the state of a guest, made once: where it is, and its pinnings under the name and id it is known by.</summary>
internal sealed class FleetGuest
{
    private readonly LayerPins?[] _layers = new LayerPins?[4];
    private readonly LayerPins? _taken;

    /// <summary>The guest, after what it was before: a pinning that stayed is the same object.</summary>
    public FleetGuest(GuestState state, Func<object, Guid?> eventOf, FleetGuest? before = null)
    {
        State = state;
        Host = state.Host;
        IsRunning = Host is { } host && state.Hosts.GetValueOrDefault(host)?.IsRunning == true;
        DefinedElsewhere = IsRunning && state.Hosts.Count > 1
            ? [.. state.Hosts.Values.Where(on => on.Host != Host && on is { IsThere: true, IsRunning: false, Config: not null }).Select(on => on.Host)]
            : [];
        foreach (var layer in new[] { PinLayer.Config, PinLayer.Live, PinLayer.SavedImage, PinLayer.Decided })
        {
            _layers[(int)layer] = state.Pins(layer) is { } pins ? before?.Same(state, layer, pins) ?? Of(state, pins, eventOf) : null;
        }

        if (state.Promise is not null)
        {
            var taken = state.DecidedOn == Host ? this[Now] : null;
            Promised = before?.Promised is not null && ReferenceEquals(before[PinLayer.Decided], this[PinLayer.Decided]) && ReferenceEquals(before._taken, taken)
                ? before.Promised
                : OnTop.Of(this[PinLayer.Decided]!.Pins, taken?.Pins);
            _taken = taken;
        }
    }

    public GuestState State { get; }

    public string? Host { get; }

    /// <summary>What a decision that is not carried out holds on its host beside what the guest takes; null = there is none.</summary>
    public GuestPins? Promised { get; }

    public bool IsRunning { get; }

    /// <summary>Keys of the hosts that hold a definition of it and do not run it, while another does.</summary>
    public IReadOnlyList<string> DefinedElsewhere { get; }

    /// <summary>The layer that counts for others on the host.</summary>
    public PinLayer Now => IsRunning ? PinLayer.Live : PinLayer.Config;

    public LayerPins? this[PinLayer layer] => _layers[(int)layer];

    /// <summary>What it takes from a host: as it is there, and what it is promised there.</summary>
    public GuestPins[] Takes(string host) => (host == Host ? this[Now]?.Pins : null, host == State.DecidedOn ? Promised : null) switch
    {
        (null, null) => [],
        ({ } there, null) => [there],
        (null, { } promised) => [promised],
        ({ } there, { } promised) => [there, promised],
    };

    private LayerPins? Same(GuestState state, PinLayer layer, PinsInForce pins) =>
        State.Name == state.Name && this[layer] is { } was && ReferenceEquals(was.InForce.Fact, pins.Fact) && ReferenceEquals(was.InForce.Decision, pins.Decision)
            && ReferenceEquals(was.InForce.Undone, pins.Undone) && Promise(was.Pins) == Promise(pins.Pins)
            ? was
            : null;

    private static (bool?, SmtPolicy?, CpuSet?) Promise(GuestPins pins) => (pins.Exclusive, pins.Smt, pins.Reserved);

    private static LayerPins Of(GuestState state, PinsInForce pins, Func<object, Guid?> eventOf) => new(
        pins.Pins with { Guest = state.Name, Uuid = state.Guest.ToString() },
        pins,
        (pins.Fact as PinningObserved)?.Source,
        [.. new object?[] { pins.Fact, pins.Decision, pins.Undone }.OfType<object>().Select(eventOf).OfType<Guid>().Distinct()]);

    internal sealed record LayerPins(GuestPins Pins, PinsInForce InForce, string? Source, IReadOnlyList<Guid> Events)
    {
        public Circumstances Made { get; } = Circumstances.Of(InForce.Made);
    }
}
