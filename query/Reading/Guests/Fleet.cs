using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>All hosts and guests as of a moment, with the events that hold what is known of them.</summary>
internal sealed record Fleet(
    AsOf AsOf,
    IReadOnlyList<HostRow> Hosts,
    IReadOnlyDictionary<string, HostState> States,
    IReadOnlyDictionary<Guid, GuestState> Guests,
    IReadOnlyDictionary<object, Guid> Events,
    IReadOnlyList<CellSample> Samples,
    SettledMemory Settled,
    ILookup<string, Silence> Gaps)
{
    private readonly Dictionary<string, HostRow> _rows = Hosts.ToDictionary(host => host.Key);
    private readonly ILookup<string, CellSample> _samples = Samples.ToLookup(sample => sample.HostKey);

    private static ILookup<string, Silence> NoGaps { get; } = Array.Empty<(string Host, Silence Gap)>().ToLookup(gap => gap.Host, gap => gap.Gap);

    /// <summary>Reads the fleet; memory only where it is wanted. Boot, first and last are those of the host, where one is named.</summary>
    public static Fleet Read(StoreReader store, Request request, bool withMemory, string? host, CancellationToken cancel)
    {
        var when = MomentLookup.When(store, request.At, request.KnownAt, host, cancel);
        return Read(store, when, new AsOf(when.At ?? request.Now, request.At is not null), withMemory, cancel);
    }

    /// <summary>The same as of a moment that is no option of the request.</summary>
    public static Fleet Read(StoreReader store, When when, AsOf asOf, bool withMemory, CancellationToken cancel)
    {
        var (hosts, facts, guests) = store.Ask(
            new HostsQuestion(HostFilter.All), new FactsQuestion(HostFilter.All, when), new GuestFactsQuestion(HostFilter.All, when), cancel);
        if (asOf.IsNamed && hosts.Count > 0 && facts.Count == 0 && guests.Count == 0)
        {
            throw BeforeFirst.Refusal(hosts, asOf.At);
        }

        return new Fleet(
            asOf,
            when.KnownAt is { } known ? SeenBy(store, hosts, known, cancel) : hosts,
            HostStates.Fold(facts),
            GuestStates.Fold(guests),
            EventsOf(facts, guests),
            withMemory ? Memory(store, when, asOf, cancel) : [],
            withMemory ? store.Ask(new BootTotalsQuestion(null, when), cancel) : new SettledMemory(),
            asOf.IsNamed ? store.Ask(new GapsQuestion(asOf.At, when.KnownAt), cancel) : NoGaps)
        {
            KnownAt = when.KnownAt,
            Least = withMemory && asOf.IsNamed ? PastMemory.At(store, hosts, asOf.At, when.KnownAt, cancel) : null,
        };
    }

    /// <summary>What placing needs to know: of one host where one is named and it is about now, else of the whole fleet.</summary>
    public static Fleet Around(StoreReader store, Request request, string? host, CancellationToken cancel)
    {
        var fleet = host is not null && request.At is null && request.KnownAt is null ? Now(store, HostFilter.Named(host), request.Now, cancel) : null;
        // To say what is wrong with a name takes all of them.
        return fleet is { Hosts.Count: 1 } ? fleet : Read(store, request, withMemory: true, host, cancel);
    }

    /// <summary>What the past of one guest takes: the hosts it was ever on and their guests where it is about now, else the whole fleet.</summary>
    public static Fleet AroundGuest(StoreReader store, Request request, string named, CancellationToken cancel)
    {
        var hosts = request.At is null && request.KnownAt is null ? store.Ask(new GuestHostsQuestion(named), cancel) : [];
        return hosts.Count > 0 ? Now(store, HostFilter.Of(hosts), request.Now, cancel) : Read(store, request, withMemory: true, null, cancel);
    }

    /// <summary>All hosts by name and when each was last seen, and nothing else: what a replay takes that reads all facts itself.</summary>
    public static Fleet Outline(StoreReader store, DateTimeOffset now, CancellationToken cancel)
    {
        var (hosts, samples) = store.Ask(new HostsQuestion(HostFilter.All), new GaugeQuestion(HostFilter.All), cancel);
        return new Fleet(
            new AsOf(now, IsNamed: false), hosts, HostStates.Fold([]), GuestStates.Fold([]), EventsOf([], []), samples, new SettledMemory(), NoGaps);
    }

    /// <summary>Some hosts and their guests as they are now, with memory and without what boots taught.</summary>
    public static Fleet Now(StoreReader store, HostFilter some, DateTimeOffset now, CancellationToken cancel)
    {
        var (hosts, facts, guests, samples) = store.Ask(
            new HostsQuestion(some), new FactsQuestion(some, When.Now), new GuestFactsQuestion(some, When.Now), new GaugeQuestion(some), cancel);
        return new Fleet(
            new AsOf(now, IsNamed: false), hosts, HostStates.Fold(facts), GuestStates.Fold(guests), EventsOf(facts, guests), samples, new SettledMemory(), NoGaps);
    }

    /// <summary>Only what was recorded by then; null = everything.</summary>
    public DateTimeOffset? KnownAt { get; private init; }

    /// <summary>By host key the least memory of the hour in which a named moment lies; null = it is now, and the newest sample counts.</summary>
    public IReadOnlyDictionary<string, ObservedMemory>? Least { get; private init; }

    /// <summary>What verdicts on these guests rest on.</summary>
    public FleetState State(StoreReader store, IEnumerable<GuestState> guests, CancellationToken cancel)
    {
        var wanted = FleetCheck.Wanted(guests);
        return State(wanted.Count == 0 ? new Dictionary<Circumstances, HostTopology>() : store.Ask(new CircumstancesQuestion(wanted, KnownAt), cancel));
    }

    /// <summary>What verdicts rest on, with what hosts were taken for when something was pinned there.</summary>
    public FleetState State(IReadOnlyDictionary<Circumstances, HostTopology> circumstances) => State(circumstances, AsOf.IsNamed);

    /// <summary>The same; not named = as whoever asked at that very moment saw it, to whom a single look still held.</summary>
    public FleetState State(IReadOnlyDictionary<Circumstances, HostTopology> circumstances, bool isNamed)
    {
        return new FleetState(States, Guests)
        {
            Topology = new KnownTopologies().Of,
            Name = HostName,
            Memory = MemoryOf,
            Then = circumstances.GetValueOrDefault,
            Settled = Settled.Of,
            Stale = (host, source) => Staleness.Of(States.GetValueOrDefault(host), source, Gaps[host], Watch(host), AsOf.At, isNamed),
            EventOf = fact => Events.TryGetValue(fact, out var id) ? id : null,
        };
    }

    /// <summary>The sample of a host that is the newest at the moment; null = there is none.</summary>
    public ObservedMemory? Sampled(string host) =>
        Samples.Where(sample => sample.HostKey == host).Select(sample => sample.Memory).ToList() is { Count: > 0 } cells ? new ObservedMemory(cells) : null;

    private ObservedMemory? MemoryOf(string host) => Least is not null ? Least.GetValueOrDefault(host)
        : _samples.Contains(host) ? new ObservedMemory([.. _samples[host].Select(sample => sample.Memory)])
        : null;

    /// <summary>The guests that are somewhere.</summary>
    public IEnumerable<GuestState> Present() => Guests.Values
        .Where(guest => guest.Host is not null)
        .OrderBy(guest => guest.Name, StringComparer.Ordinal).ThenBy(guest => guest.Guest);

    /// <summary>When a host was last seen.</summary>
    public HostWatch Watch(string host)
    {
        var newest = _samples[host].MaxBy(sample => sample.At);
        return new HostWatch(newest?.At, newest?.Interval, _rows.GetValueOrDefault(host)?.LastSeen);
    }

    /// <summary>Hosts by key as they are without memory, each once.</summary>
    public IEnumerable<FitHost> Topologies(IEnumerable<string?> hosts) =>
        hosts.OfType<string>().Distinct().Select(key => new FitHost(HostName(key)!, States.GetValueOrDefault(key)?.Topology));

    /// <summary>The name of a host by its key.</summary>
    public string? HostName(string? key) => key is null ? null
        : States.GetValueOrDefault(key) is { Naming: not null } known ? known.Name : _rows.GetValueOrDefault(key)?.Name ?? key;

    /// <summary>The key of a host that somebody names.</summary>
    public string HostKey(string option, string named)
    {
        var found = Hosts.Where(host => host.Key == named || host.Name == named || States.GetValueOrDefault(host.Key)?.Name == named).ToList();
        return found switch
        {
            [var one] => one.Key,
            [] => throw new Refusal(
                ExitCode.Unknown,
                $"{option}: no host '{named}' is recorded",
                Nearest.Of(named, Hosts.Select(host => host.Name)) is { } near ? $"did you mean {near}?" : "numa-history hosts"),
            _ => throw new Refusal(ExitCode.Usage, $"{option}: '{named}' means several hosts: {string.Join(", ", found.Select(host => host.Key))}"),
        };
    }

    private static IReadOnlyList<HostRow> SeenBy(StoreReader store, IReadOnlyList<HostRow> hosts, DateTimeOffset knownAt, CancellationToken cancel)
    {
        var seen = store.Ask(new LastSeenQuestion(knownAt), cancel);
        return [.. hosts.Select(host => seen.TryGetValue(host.Key, out var last) ? host with { LastSeen = last } : host)];
    }

    private static Dictionary<object, Guid> EventsOf(IReadOnlyList<RecordedFact> facts, IReadOnlyList<RecordedGuestFact> guests)
    {
        var events = new Dictionary<object, Guid>(facts.Count + guests.Count, ReferenceEqualityComparer.Instance);
        foreach (var (id, fact) in facts.Select(fact => (fact.Id, (object)fact.Fact)).Concat(guests.Select(fact => (fact.Id, (object)fact.Fact))))
        {
            events[fact] = id;
        }

        return events;
    }

    private static IReadOnlyList<CellSample> Memory(StoreReader store, When when, AsOf asOf, CancellationToken cancel) =>
        when == When.Now
            ? store.Ask(new GaugeQuestion(HostFilter.All), cancel)
            : CellSamples.At(store.Ask(new LastBlockQuestion(null, asOf.At, when.KnownAt), cancel), asOf.At, when.KnownAt);
}
