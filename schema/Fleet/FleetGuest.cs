using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Fleet;

/// <summary>What follows from the state of a guest, made once: where it is, and its pinnings under the name and id it is known by.</summary>
internal sealed class FleetGuest
{
    private readonly LayerPins?[] _layers = new LayerPins?[3];

    /// <summary>The guest, after what it was before: a pinning that stayed is the same object.</summary>
    public FleetGuest(GuestState state, Func<object, Guid?> eventOf, FleetGuest? before = null)
    {
        State = state;
        Host = state.Host;
        IsRunning = Host is { } host && state.Hosts.GetValueOrDefault(host)?.IsRunning == true;
        DefinedElsewhere = IsRunning && state.Hosts.Count > 1
            ? [.. state.Hosts.Values.Where(on => on.Host != Host && on is { IsThere: true, IsRunning: false, Config: not null }).Select(on => on.Host)]
            : [];
        foreach (var layer in new[] { PinLayer.Config, PinLayer.Live, PinLayer.SavedImage })
        {
            _layers[(int)layer] = state.Pins(layer) is { } pins ? before?.Same(state, layer, pins) ?? Of(state, pins, eventOf) : null;
        }
    }

    public GuestState State { get; }

    public string? Host { get; }

    public bool IsRunning { get; }

    /// <summary>Keys of the hosts that hold a definition of it and do not run it, while another does.</summary>
    public IReadOnlyList<string> DefinedElsewhere { get; }

    /// <summary>The layer that counts for others on the host.</summary>
    public PinLayer Now => IsRunning ? PinLayer.Live : PinLayer.Config;

    public LayerPins? this[PinLayer layer] => _layers[(int)layer];

    private LayerPins? Same(GuestState state, PinLayer layer, PinsInForce pins) =>
        State.Name == state.Name && this[layer] is { } was && ReferenceEquals(was.InForce.Fact, pins.Fact) && ReferenceEquals(was.InForce.Decision, pins.Decision)
            ? was
            : null;

    private static LayerPins Of(GuestState state, PinsInForce pins, Func<object, Guid?> eventOf) => new(
        pins.Pins with { Guest = state.Name, Uuid = state.Guest.ToString() },
        pins,
        (pins.Fact as PinningObserved)?.Source,
        [.. new object?[] { pins.Fact, pins.Decision }.OfType<object>().Select(eventOf).OfType<Guid>().Distinct()]);

    internal sealed record LayerPins(GuestPins Pins, PinsInForce InForce, string? Source, IReadOnlyList<Guid> Events);
}
