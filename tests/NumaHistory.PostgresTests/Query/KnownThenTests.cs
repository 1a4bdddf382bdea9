using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Journal;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>What could be known at a moment, though more is known of it now.</summary>
public sealed class KnownThenTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_too_old_to_judge_by_is_so_until_somebody_looked_again()
    {
        var machine = Some.TwoCells().Topology();
        await store.Facts.RecordAsync(FactJournalTests.Look("late1", machine, 0), Cancel);
        await store.Decisions.DecideAsync(
            new DecisionRequest("aged", null, "late1", new GuestPins("aged", Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, CpuSet.Of(1))]), "ops", "room", "declared", false, [], Some.Minute(1)),
            Cancel);
        var position = await store.AskAsync<long>("select max(position) from numa.event");
        await store.Facts.RecordAsync(FactJournalTests.Look("late1", machine, 180), Cancel);

        var known = await store.AskAsync($"fit aged -o json --at {TimeText.Utc(Some.Minute(90))} --known-at #{position}");
        var told = await store.AskAsync($"fit aged -o json --at {TimeText.Utc(Some.Minute(90))}");

        Assert.Equal(("UNKNOWN", "FITS"), (known.Item().GetProperty("verdict").GetString(), told.Item().GetProperty("verdict").GetString()));
    }
}
