using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Replay;

/// <summary>A fleet in which time passes: facts are folded in the order of observed time, and what they touch is told. Free memory is not known in it.</summary>
internal sealed class PassingFleet
{
    private static readonly HashSet<Guid> Nobody = [];

    private readonly Dictionary<string, HostState> _hosts = [];
    private readonly Dictionary<Guid, GuestState> _guests = [];
    private readonly Dictionary<string, HashSet<Guid>> _on = [];
    private readonly Dictionary<string, List<(DateTimeOffset At, SourceState? InForce, HostTopology? Topology)>> _then = [];
    private readonly KnownTopologies _topologies;
    private readonly TakenFor _taken;
    private readonly SettledMemory _settled = new();
    private readonly ILookup<string, Silence> _silences;
    private readonly Dictionary<object, Guid> _events;
    private readonly Touched _touched = new([], [], []);
    private readonly ReplayInput _input;
    private readonly bool _isNamed;
    private DateTimeOffset _now;

    /// <summary>Parts of one fleet share the topologies.</summary>
    public PassingFleet(ReplayInput input, bool isNamed, KnownTopologies? topologies = null)
    {
        (_input, _isNamed, _topologies) = (input, isNamed, topologies ?? new KnownTopologies());
        _taken = new TakenFor(_topologies);
        _events = new Dictionary<object, Guid>(input.Facts.Count, ReferenceEqualityComparer.Instance);
        foreach (var fact in input.Facts)
        {
            _events[fact.Fact] = fact.Event;
        }

        _silences = input.Facts.Select(fact => fact.Fact).OfType<SamplingGap>()
            .ToLookup(gap => gap.Host, gap => new Silence(gap.Source, gap.From, gap.To));
        Check = new FleetCheck(new FleetState(_hosts, _guests)
        {
            On = host => On(host).Order().Select(id => _guests[id]),
            Topology = _topologies.Of,
            Then = Then,
            Stale = Stale,
            Edits = input.Edits,
            Limits = input.Limits,
            Name = input.Name,
            Settled = _settled.Of,
            EventOf = fact => _events.TryGetValue(fact, out var id) ? id : null,
        });
    }

    public FleetCheck Check { get; }

    public IReadOnlyDictionary<Guid, GuestState> Guests => _guests;

    public IReadOnlySet<Guid> On(string host) => _on.GetValueOrDefault(host, Nobody);

    /// <summary>Lets a moment happen. What it touched holds until the next.</summary>
    public Touched Pass(Moments.Moment moment)
    {
        _now = moment.At;
        var touched = _touched;
        touched.Clear();
        foreach (var fact in moment.Facts)
        {
            if (fact.Fact is IGuestFact guest)
            {
                Pass(guest, touched);
            }
            else
            {
                _hosts[fact.Fact.Host] = (_hosts.GetValueOrDefault(fact.Fact.Host) ?? new HostState(fact.Fact.Host)).After(fact.Fact);
                _settled.Pass(fact.Fact);
                _taken.Pass(fact.Fact);
                touched.Hosts.Add(fact.Fact.Host);
            }
        }

        touched.Hosts.UnionWith(moment.Silenced.Select(silenced => silenced.Host));
        foreach (var host in touched.Hosts)
        {
            Check.Forget(host);
            Keep(host);
        }

        moment.Settle(guest => _guests[guest].Host);
        return touched;
    }

    private void Pass(IGuestFact fact, Touched touched)
    {
        var before = _guests.TryGetValue(fact.Guest, out var known) ? Check.Known(known) : null;
        var after = Check.Known(_guests[fact.Guest] = (known ?? new GuestState(fact.Guest)).After(fact));
        touched.Guests.Add(fact.Guest);
        foreach (var was in before?.State.Places ?? [])
        {
            Check.ForgetGuests(was);
            _on[was].Remove(fact.Guest);
            Tell(touched, was, before!);
        }

        foreach (var now in after.State.Places)
        {
            Check.ForgetGuests(now);
            (_on.TryGetValue(now, out var on) ? on : _on[now] = []).Add(fact.Guest);
            Tell(touched, now, after);
        }
    }

    private static void Tell(Touched touched, string host, FleetGuest guest)
    {
        foreach (var pins in guest.Takes(host))
        {
            touched.Rivals.Add((host, pins));
        }
    }

    private void Keep(string host)
    {
        var inForce = _hosts.GetValueOrDefault(host)?.InForce;
        var then = _then.TryGetValue(host, out var known) ? known : _then[host] = [];
        if (then.Count == 0 || !ReferenceEquals(then[^1].InForce, inForce))
        {
            then.Add((_now, inForce, inForce is null ? null : _topologies.Of(inForce)));
        }
    }

    private HostTopology? Then(Circumstances wanted)
    {
        var then = _then.GetValueOrDefault(wanted.Host) ?? [];
        return LastBy.Index(then, one => one.At, wanted.At) is >= 0 and var last
            ? _taken.Of(wanted, then[last].InForce) ?? then[last].Topology
            : null;
    }

    private string? Stale(string host, string? source) => Staleness.Of(
        _hosts.GetValueOrDefault(host), source, _silences[host], _input.Watches.GetValueOrDefault(host), _now, _isNamed);

    /// <summary>
    /// What a moment touched: hosts whose guests are to be judged anew, guests themselves, pinnings that came to a host or went from it and so may
    /// matter to others there.
    /// </summary>
    internal sealed record Touched(HashSet<string> Hosts, HashSet<Guid> Guests, List<(string Host, GuestPins Pins)> Rivals)
    {
        public void Clear()
        {
            Hosts.Clear();
            Guests.Clear();
            Rivals.Clear();
        }
    }
}
