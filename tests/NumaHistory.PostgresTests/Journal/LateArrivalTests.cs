using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Observing;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

/// <summary>Law 6 on a real store: whatever order looks arrive in, every moment ends up the same.</summary>
public sealed class LateArrivalTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders() => [.. Permutations([0, 1, 2, 3]).Select(order => string.Join("", order))];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Any_order_of_arrival_ends_in_the_same_past(string order)
    {
        var host = $"late-{order}";
        foreach (var turn in order)
        {
            await store.Facts.RecordAsync(Look(host, turn - '0'), Cancel);
        }

        for (var minute = 0; minute < 4; minute++)
        {
            var truth = Look(host, minute);
            Assert.Equal(truth.Topology!.Fingerprint!.ToBytes(), await VersionAsync<byte[]>(host, minute, "structure_fingerprint"));
            Assert.Equal(truth.Topology!.CapacityFingerprint!.ToBytes(), await VersionAsync<byte[]>(host, minute, "capacity_fingerprint"));
            Assert.Equal(
                truth.BootId,
                await store.AskAsync<string>(
                    $"""
                    select e.data ->> 'bootId' from numa.fact f join numa.event e on e.id = f.event_id
                    where f.host_key = '{host}' and f.facet = 'boot' and f.observed_at <= '{truth.ObservedAt:O}'
                    order by f.observed_at desc limit 1
                    """));
        }

        Assert.Equal("boot-2", await store.AskAsync<string>($"select boot_id from numa.host where host_key = '{host}'"));
    }

    // A, B, A again, and A under another boot: the third look leaves no fact of its own when it comes before the second.
    private static Observation Look(string host, int minute) =>
        FactJournalTests.Look(host, (minute == 1 ? Some.ThreeCells() : Some.TwoCells()).Topology(), minute) with
        {
            BootId = minute == 3 ? "boot-2" : "boot-1",
        };

    private Task<T?> VersionAsync<T>(string host, int minute, string column) => store.AskAsync<T>(
        $"select {column} from numa.topology_version where host_key = '{host}' and valid @> '{Some.Minute(minute):O}'::timestamptz");

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
