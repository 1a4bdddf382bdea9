using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>The instants at which an input of some verdict changes, in order of observed time.</summary>
internal static class Moments
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<Moment> Of(ReplayInput input, ReplayQuestion question)
    {
        var moments = new SortedDictionary<DateTimeOffset, Moment>();
        Moment At(DateTimeOffset at) => moments.TryGetValue(at, out var known) ? known : moments[at] = new Moment(at);

        foreach (var fact in input.Facts)
        {
            At(fact.Fact.ObservedAt).Facts.Add(fact);
            if (fact.Fact is SamplingGap gap)
            {
                // Both ends are samples that exist.
                At(gap.From + Tick).Silenced.Add((gap.Host, fact));
                At(gap.To).Silenced.Add((gap.Host, fact));
            }
        }

        foreach (var (host, watch) in input.Watches)
        {
            if (watch.GoodUntil(question.IsNamed) is { } until && until < question.Until)
            {
                At(until + Tick).Silenced.Add((host, null));
            }
        }

        return moments.Values.TakeWhile(moment => moment.At <= question.Until);
    }

    internal sealed record Moment(DateTimeOffset At)
    {
        private readonly List<string?> _hosts = [];
        private ILookup<string?, HistoryFact>? _byHost;
        private ILookup<Guid?, HistoryFact>? _byGuest;

        public List<HistoryFact> Facts { get; } = [];

        public List<(string Host, HistoryFact? Gap)> Silenced { get; } = [];

        /// <summary>Notes where the facts belong: to their host, those of a guest to the host it is on now, a decision to the one it is for.</summary>
        public void Settle(Func<Guid, string?> hostOf) =>
            _hosts.AddRange(Facts.Select(fact => fact.Fact is IGuestFact of and not PinningDecided ? hostOf(of.Guest) : fact.Fact.Host));

        /// <summary>The facts of a host, of the guests on it, of one guest wherever that is, and what fell silent there.</summary>
        public IReadOnlyList<HistoryFact> FactsOf(string host, Guid guest)
        {
            if (Facts.Count == 1 && Silenced.Count == 0)
            {
                return _hosts[0] == host || (Facts[0].Fact as IGuestFact)?.Guest == guest ? Facts : [];
            }

            _byHost ??= Facts.Zip(_hosts).ToLookup(fact => fact.Second, fact => fact.First);
            _byGuest ??= Facts.ToLookup(fact => (fact.Fact as IGuestFact)?.Guest);
            return
            [
                .. _byHost[host],
                .. _byGuest[guest].Except(_byHost[host]),
                .. Silenced.Where(silenced => silenced.Host == host).Select(silenced => silenced.Gap).OfType<HistoryFact>(),
            ];
        }
    }
}
