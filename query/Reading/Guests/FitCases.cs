using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>The questions that a fleet gives rise to, and their verdicts.</summary>
internal sealed class FitCases(Fleet fleet, IReadOnlyDictionary<Circumstances, HostTopology> circumstances)
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
        circumstances.GetValueOrDefault(new Circumstances(pins.Made.Host, pins.Made.ObservedAt)) is { } topology
            ? new FitContext(topology, pins.Decision?.Context.Memory is { } memory ? new ObservedMemory(memory) : null)
            : null,
        Everybody(host),
        null,
        Evidence(host, pins),
        fleet.AsOf.At,
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

        var state = fleet.States.GetValueOrDefault(key);
        var cells = fleet.Samples.Where(sample => sample.HostKey == key).Select(sample => sample.Memory).ToList();
        return _hosts[key] = new FitHost(
            fleet.HostName(key)!,
            state?.Topology,
            cells.Count == 0 ? null : new ObservedMemory(cells),
            state?.Boot?.Architecture,
            state?.Boot?.Settings);
    }

    private FitEvidence Evidence(string host, PinsInForce pins)
    {
        var source = fleet.States.GetValueOrDefault(host)?.InForce;
        return new FitEvidence(
            Ids(source?.Structure), Ids(source?.Capacity, source?.Structure), [], Ids(pins.Fact, pins.Decision), Staleness.Of(fleet, host, (pins.Fact as PinningObserved)?.Source));
    }

    private List<Guid> Ids(params object?[] facts) =>
        [.. facts.OfType<object>().Where(fleet.Events.ContainsKey).Select(fact => fleet.Events[fact]).Distinct()];
}
