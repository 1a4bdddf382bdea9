using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>The least memory of a host in every hour of a stretch of time, and in the one before it.</summary>
internal static class HostHours
{
    public static IReadOnlyList<HourMemory> Read(
        StoreReader store, Fleet fleet, string host, DateTimeOffset since, DateTimeOffset until, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var (from, end) = (HourMinima.Hour(since), PastMemory.EndOf(until, knownAt));
        var (before, within) = store.Ask(new LastBlockQuestion(host, from, knownAt), new BlocksQuestion(host, from, end, knownAt), cancel);
        var hypervisor = fleet.Hosts.FirstOrDefault(row => row.Key == host)?.Hypervisor;
        return HourMinima.Of(before.Concat(within).DistinctBy(block => (block.Source, block.FirstAt)), hypervisor, end);
    }
}
