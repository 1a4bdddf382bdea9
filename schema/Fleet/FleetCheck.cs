using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>The questions that a fleet gives rise to, and their verdicts.</summary>
public sealed class FleetCheck(FleetState fleet)
{
    private readonly Dictionary<string, FitHost> _hosts = [];
    private readonly Dictionary<string, IReadOnlyList<GuestPins>> _everybody = [];
    private readonly ILookup<string, GuestState> _on = fleet.Guests.Values.Where(guest => guest.Host is not null).ToLookup(guest => guest.Host!);

    /// <summary>Where and when the pinnings of these guests were made.</summary>
    public static IReadOnlyList<Circumstances> Wanted(IEnumerable<GuestState> guests) =>
    [
        .. guests.SelectMany(guest => new[] { guest.Pins(PinLayer.Config), guest.Pins(PinLayer.Live), guest.Pins(PinLayer.SavedImage) })
            .OfType<PinsInForce>()
            .Select(pins => new Circumstances(pins.Made.Host, pins.Made.ObservedAt))
            .Distinct(),
    ];

    /// <summary>
    /// The verdicts on a guest where it is: as it runs and as it would start, both only where they differ; or in the situation or on
    /// the host that is asked for.
    /// </summary>
    public IReadOnlyList<FitReport> Judge(GuestState guest, string? target, Situation? situation)
    {
        var layers = Layers(guest, target, situation);
        List<FitReport> reports =
        [
            .. layers.Select(one => (one.Situation, Pins: guest.Pins(one.Layer)))
                .Where(one => one.Pins is not null)
                .Select(one => FitCheck.Check(Question(guest, one.Pins!, target ?? guest.Host!, one.Situation))),
        ];
        return reports is [var runs, var starts] && runs.Verdict == starts.Verdict ? [runs] : reports;
    }

    private static IEnumerable<(Situation Situation, PinLayer Layer)> Layers(GuestState guest, string? target, Situation? situation)
    {
        var now = guest.IsRunning ? PinLayer.Live : PinLayer.Config;
        return situation switch
        {
            Situation.Running => [(Situation.Running, PinLayer.Live)],
            Situation.Start => [(Situation.Start, PinLayer.Config)],
            Situation.Resume => [(Situation.Resume, PinLayer.SavedImage)],
            Situation.MigrateIn => [(Situation.MigrateIn, now)],
            _ when target is not null && target != guest.Host => [(Situation.MigrateIn, now)],
            _ when guest.IsRunning => [(Situation.Running, PinLayer.Live), (Situation.Start, PinLayer.Config)],
            _ => [(Situation.Start, PinLayer.Config)],
        };
    }

    private FitQuestion Question(GuestState guest, PinsInForce pins, string host, Situation situation) => new(
        Named(guest, pins.Pins),
        Host(host),
        situation,
        fleet.Then(new Circumstances(pins.Made.Host, pins.Made.ObservedAt)) is { } topology
            ? new FitContext(topology, pins.Decision?.Context.Memory is { } memory ? new ObservedMemory(memory) : null)
            : null,
        Everybody(host),
        null,
        Evidence(host, pins),
        fleet.At,
        guest.IsRunning && host == guest.Host);

    // Everybody on a host, made once: what is derived from pins is kept with them. The check leaves a guest out of its own rivals.
    private IReadOnlyList<GuestPins> Everybody(string host)
    {
        if (!_everybody.TryGetValue(host, out var known))
        {
            _everybody[host] = known =
            [
                .. _on[host].Select(other => (other, other.Pins(other.IsRunning ? PinLayer.Live : PinLayer.Config)))
                    .Where(one => one.Item2 is not null)
                    .Select(one => Named(one.other, one.Item2!.Pins)),
            ];
        }

        return known;
    }

    private static GuestPins Named(GuestState guest, GuestPins pins) => pins with { Guest = guest.Name, Uuid = guest.Guest.ToString() };

    private FitHost Host(string key)
    {
        if (_hosts.TryGetValue(key, out var known))
        {
            return known;
        }

        var state = fleet.Hosts.GetValueOrDefault(key);
        return _hosts[key] = new FitHost(fleet.NameOf(key), state?.Topology, fleet.Memory(key), state?.Boot?.Architecture, state?.Boot?.Settings);
    }

    private FitEvidence Evidence(string host, PinsInForce pins)
    {
        var source = fleet.Hosts.GetValueOrDefault(host)?.InForce;
        return new FitEvidence(
            Ids(source?.Structure), Ids(source?.Capacity, source?.Structure), [], Ids(pins.Fact, pins.Decision), fleet.Stale(host, (pins.Fact as PinningObserved)?.Source));
    }

    private List<Guid> Ids(params object?[] facts) =>
        [.. facts.OfType<object>().Select(fleet.EventOf).OfType<Guid>().Distinct()];
}
