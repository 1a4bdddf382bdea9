using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>The questions that a fleet gives rise to, and their verdicts. What is derived from hosts and guests is kept for the next question.</summary>
public sealed class FleetCheck(FleetState fleet)
{
    private readonly Dictionary<string, FleetHost> _hosts = [];
    private readonly Dictionary<string, IReadOnlyList<GuestPins>> _everybody = [];
    private readonly Dictionary<Guid, FleetGuest> _guests = [];
    private ILookup<string, GuestState>? _on;

    /// <summary>Where and when the pinnings of these guests were made.</summary>
    public static IReadOnlyList<Circumstances> Wanted(IEnumerable<GuestState> guests) =>
    [
        .. guests.SelectMany(guest => new[] { guest.Pins(PinLayer.Config), guest.Pins(PinLayer.Live), guest.Pins(PinLayer.SavedImage), guest.Pins(PinLayer.Decided) })
            .OfType<PinsInForce>()
            .Select(pins => Circumstances.Of(pins.Made))
            .Distinct(),
    ];

    /// <summary>
    /// The verdicts on a guest where it is: as it runs and as it would start, both only where they differ; or in the situation or on
    /// the host that is asked for.
    /// </summary>
    public IReadOnlyList<FitReport> Judge(GuestState guest, DateTimeOffset at, string? target, Situation? situation) =>
        [.. Judged(guest, at, target, situation).Select(one => one.Report)];

    /// <summary>The same, each verdict with the question it answers.</summary>
    public IReadOnlyList<(FitQuestion Question, FitReport Report)> Judged(GuestState guest, DateTimeOffset at, string? target, Situation? situation)
    {
        var known = Known(guest);
        List<(FitQuestion Question, FitReport Report)> judged =
        [
            .. Layers(known, target, situation)
                .Select(one => Question(known, at, target, one.Situation, one.Layer))
                .OfType<FitQuestion>()
                .Select(question => (question, FitCheck.Check(question))),
        ];
        return judged is [var runs, var starts] && runs.Report.Verdict == starts.Report.Verdict ? [runs] : judged;
    }

    /// <summary>
    /// The verdict on a pinning that is about to be used on a host, such as a definition that somebody hands over. Where it is the recorded one of its
    /// guest, it was made when that was; where it is another, only the vCPUs whose pins stayed were, and none if those were made for another host.
    /// </summary>
    public (FitQuestion Question, FitReport Report) Judged(GuestPins pins, DateTimeOffset at, string target, Situation situation)
    {
        var host = Host(target);
        var known = fleet.Guests.GetValueOrDefault(GuestKey.For(target, pins));
        var recorded = known is null ? null : Question(Known(known), at, target, situation, PinLayer.Config);
        var same = recorded is null ? CpuSet.Empty : SamePins.Vcpus(recorded.Guest, pins);
        var isSame = recorded is not null && SamePins.All(recorded.Guest, pins);
        var question = new FitQuestion(
            pins, host.Host, situation, isSame ? recorded!.Context : null, Everybody(target), fleet.Limits, new FitEvidence(host.Structure, host.Capacity, [], [], fleet.Stale(target, null), host.SettledKiB), at)
        {
            Kept = !isSame && !same.IsEmpty && Known(known!)[PinLayer.Config]!.InForce.Made.Host == target && recorded!.Context?.Topology is { } then
                ? new KeptContext(then, same)
                : null,
        };
        return (question, FitCheck.Check(question));
    }

    /// <summary>The host and its guests are not what they were.</summary>
    public void Forget(string host)
    {
        _hosts.Remove(host);
        ForgetGuests(host);
    }

    /// <summary>The guests of a host are not what they were.</summary>
    public void ForgetGuests(string host) => _everybody.Remove(host);

    /// <summary>A host and the pinnings of the guests on it.</summary>
    public (FitHost Host, IReadOnlyList<GuestPins> Guests) Ground(string host) => (Host(host).Host, Everybody(host));

    /// <summary>What the questions are about.</summary>
    internal FleetState Fleet => fleet;

    internal FleetGuest Known(GuestState guest)
    {
        if (!_guests.TryGetValue(guest.Guest, out var known) || !ReferenceEquals(known.State, guest))
        {
            _guests[guest.Guest] = known = new FleetGuest(guest, fleet.EventOf, known);
        }

        return known;
    }

    internal FitQuestion? Question(FleetGuest guest, DateTimeOffset at, string? target, Situation situation, PinLayer layer)
    {
        // Where it is meant to go, what was decided for there counts.
        if ((target ?? guest.Host) is not { } key || guest[key != guest.Host && key == guest.State.DecidedOn ? PinLayer.Decided : layer] is not { } pins)
        {
            return null;
        }

        var host = Host(key);
        return new FitQuestion(
            pins.Pins,
            host.Host,
            situation,
            fleet.Then(pins.Made) is { } topology
                ? new FitContext(topology, pins.InForce.Decision?.Context.Memory is { } memory ? new ObservedMemory(memory) : null)
                : null,
            Everybody(key),
            fleet.Limits,
            new FitEvidence(host.Structure, host.Capacity, [], pins.Events, fleet.Stale(key, pins.Source), host.SettledKiB),
            at,
            guest.IsRunning && key == guest.Host)
        {
            Undone = key == guest.Host && pins.InForce.Undone is { } undone
                ? new UndoneDecision(undone.Pins, undone.By, fleet.Then(Circumstances.Of(undone)), pins.InForce.Fact.ObservedAt > undone.ObservedAt)
                : null,
            OtherLayer = key == guest.Host && Other(guest, situation) is { } other && !Backfill.Made(other.InForce.Fact) && !Backfill.Made(pins.InForce.Fact)
                ? other.Pins
                : null,
            DefinedElsewhere = guest.DefinedElsewhere is { Count: > 0 } elsewhere ? [.. elsewhere.Where(one => one != key).Select(fleet.NameOf)] : [],
        };
    }

    // A command line and an archive of definitions say the same in other words, and less of it: they are not compared.
    private static FleetGuest.LayerPins? Other(FleetGuest guest, Situation situation) => situation switch
    {
        Situation.Running or Situation.Resume => guest[PinLayer.Config],
        Situation.Start when !guest.IsRunning => guest[PinLayer.SavedImage],
        _ => null,
    };

    internal static (Situation Situation, PinLayer Layer)[] Layers(FleetGuest guest, string? target, Situation? situation) => situation switch
    {
        Situation.Running => [(Situation.Running, PinLayer.Live)],
        Situation.Start => [(Situation.Start, PinLayer.Config)],
        Situation.Resume => [(Situation.Resume, PinLayer.SavedImage)],
        Situation.MigrateIn => [(Situation.MigrateIn, guest.Now)],
        _ when target is not null && target != guest.Host => [(Situation.MigrateIn, guest.Now)],
        _ when guest.IsRunning => [(Situation.Running, PinLayer.Live), (Situation.Start, PinLayer.Config)],
        _ when guest[PinLayer.SavedImage] is not null => [(Situation.Start, PinLayer.Config), (Situation.Resume, PinLayer.SavedImage)],
        _ => [(Situation.Start, PinLayer.Config)],
    };

    private FleetHost Host(string key)
    {
        if (!_hosts.TryGetValue(key, out var known))
        {
            _hosts[key] = known = FleetHost.Of(fleet, key);
        }

        return known;
    }

    // The check leaves a guest out of its own rivals.
    private IReadOnlyList<GuestPins> Everybody(string host)
    {
        if (!_everybody.TryGetValue(host, out var known))
        {
            _everybody[host] = known =
            [
                .. On(host).SelectMany(other => Known(other).Takes(host)),
            ];
        }

        return known;
    }

    private IEnumerable<GuestState> On(string host) => fleet.On is { } on
        ? on(host)
        : (_on ??= fleet.ByHost())[host];
}
