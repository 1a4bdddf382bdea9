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

        foreach (var (host, hours) in input.Hours)
        {
            foreach (var hour in hours)
            {
                At(hour.From).Hours.Add((host, hour));
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
        private ILookup<string?, HistoryFact>? _byHost;
        private ILookup<Guid?, HistoryFact>? _byGuest;

        public List<HistoryFact> Facts { get; } = [];

        /// <summary>The facts of a host, of the guests on it, and of one guest wherever that is.</summary>
        public IEnumerable<HistoryFact> FactsOf(string host, Guid guest, Func<Guid, string?> hostOf)
        {
            _byHost ??= Facts.ToLookup(fact => fact.Fact is IGuestFact of ? hostOf(of.Guest) : fact.Fact.Host);
            _byGuest ??= Facts.ToLookup(fact => (fact.Fact as IGuestFact)?.Guest);
            return _byHost[host].Concat(hostOf(guest) == host ? [] : _byGuest[guest]);
        }

        public List<(string Host, HistoryFact? Gap)> Silenced { get; } = [];

        public List<(string Host, HourMemory Hour)> Hours { get; } = [];
    }
}
