using NumaHistory.Schema.Observing;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// The memory that counts at a past moment, as in a replay: the least of the hour of the clock in which the moment lies, the part after it included;
/// where nothing was sampled in that hour, of the last hour before in which something was.
/// </summary>
internal static class PastMemory
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static IReadOnlyDictionary<string, ObservedMemory> At(
        StoreReader store, IReadOnlyList<HostRow> hosts, DateTimeOffset at, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var hypervisors = hosts.ToDictionary(host => host.Key, host => host.Hypervisor);
        var hour = HourMinima.Hour(at);
        var least = Of(hour);
        var silent = store.Ask(new LastBlockQuestion(null, hour - Tick, knownAt), cancel).Where(block => !least.ContainsKey(block.HostKey));
        var last = CellSamples.At(silent, hour - Tick, knownAt)
            .GroupBy(sample => sample.HostKey, sample => HourMinima.Hour(sample.At))
            .Select(host => (Host: host.Key, Hour: host.Max()));
        foreach (var earlier in last.GroupBy(host => host.Hour, host => host.Host))
        {
            var then = Of(earlier.Key);
            foreach (var host in earlier.Where(then.ContainsKey))
            {
                least[host] = then[host];
            }
        }

        return least;

        Dictionary<string, ObservedMemory> Of(DateTimeOffset from)
        {
            var until = EndOf(from, knownAt);
            return store.Ask(new BlocksQuestion(null, from, until, knownAt), cancel)
                .GroupBy(block => block.HostKey)
                .Select(host => (host.Key, Hour: HourMinima.Of(host, hypervisors.GetValueOrDefault(host.Key), until).LastOrDefault()))
                .Where(host => host.Hour?.From == from)
                .ToDictionary(host => host.Key, host => host.Hour!.Least);
        }
    }

    /// <summary>The last instant of the hour in which a moment lies, or up to which somebody knew.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset moment, DateTimeOffset? knownAt)
    {
        var end = HourMinima.Hour(moment).AddHours(1) - Tick;
        return knownAt < end ? knownAt.Value : end;
    }
}
