using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Journal;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>Where free memory decides, <c>fit --at T</c> says what the stretch of a replay says that holds T.</summary>
public sealed class PastMemoryTests(MigratedStore store) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private const long Gib = 1_048_576;
    private const string Guest = "5d0c3f8e-0000-4000-8000-000000000001";

    // Per hour the free memory of cell 0 at its six samples; no sample was taken in the fourth and fifth hour.
    private static readonly double[][] Free =
    [
        [3, 3, 3, 3, 3, 3], [3, 3, 1, 3, 3, 3], [3, 3, 3, 3, 3, 1.5], [], [], [3, 2.2, 3, 3, 3, 3], [1, 1, 1, 1, 3, 3], [3, 3, 3, 3, 3, 3],
    ];

    public async ValueTask InitializeAsync()
    {
        if (await store.AskAsync<long>("select count(*) from numa.host") > 0)
        {
            return;
        }

        var topology = Some.TwoCells().Topology();
        var host = (await store.Facts.RecordFactsAsync(Some.Look(topology, Some.Noon), Cancel)).Host;
        foreach (var (hour, samples) in Free.Index().Where(hour => hour.Item.Length > 0))
        {
            MemoryBlock block = new(
                "boot-1", topology.Fingerprint, topology.CapacityFingerprint, null, null,
                [.. samples.Select((free, i) => new MemorySample(Some.Minute((60 * hour) + (10 * i)), [Cell(0, (long)(free * Gib)), Cell(1, 3 * Gib)]))]);
            await store.Memory.SealAsync(host, "sysfs", block, Cancel);
        }

        var pins = new GuestPins("g", Guest, MemoryKiB: 2 * Gib, Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, CpuSet.Of(0))], Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(0)));
        await store.Decisions.DecideAsync(new DecisionRequest("g", Guest, "h1", pins, "ops", "test", "declared", false, [], Some.Minute(1)), Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moment_and_the_stretch_of_a_replay_that_holds_it_say_the_same()
    {
        var stretches = (await store.AskAsync($"fit g --situation start --replay --since {At(2)} --until {At(470)} -o json")).Item()
            .GetProperty("intervals").EnumerateArray().ToList();
        var seen = new List<string?>();
        for (var minute = 2; minute < 470; minute += 13)
        {
            var alone = (await store.AskAsync($"fit g --situation start --at {At(minute)} -o json")).Item().GetProperty("verdict").GetString();
            var held = stretches.Single(one => one.GetProperty("from").GetDateTimeOffset() <= Some.Minute(minute) && one.GetProperty("to").GetDateTimeOffset() > Some.Minute(minute));
            seen.Add(alone);

            Assert.Equal((minute, held.GetProperty("verdict").GetString()), (minute, alone));
        }

        Assert.Contains("FITS", seen);
        Assert.Contains("DEGRADED", seen);
    }

    // The least of an hour counts in all of it, and where nothing was sampled what was last.
    [Theory]
    [InlineData(30, "FITS")]
    [InlineData(65, "DEGRADED")]
    [InlineData(115, "DEGRADED")]
    [InlineData(125, "DEGRADED")]
    [InlineData(250, "DEGRADED")]
    [InlineData(305, "FITS")]
    [InlineData(415, "DEGRADED")]
    [InlineData(425, "FITS")]
    public async Task The_least_of_the_hour_counts(int minute, string verdict)
    {
        var item = (await store.AskAsync($"fit g --situation start --at {At(minute)} -o json")).Item();
        var replayed = (await store.AskAsync($"fit g --situation start --replay --since {At(2)} --at {At(minute)} -o json")).Item();

        Assert.Equal((verdict, verdict), (item.GetProperty("verdict").GetString(), replayed.GetProperty("verdict").GetString()));
    }

    private static CellMemory Cell(int id, long free) => new(id, 4 * Gib, free, null);

    private static string At(int minute) => TimeText.Utc(Some.Minute(minute));
}
