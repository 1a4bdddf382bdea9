using System.Text;
using CsCheck;
using Npgsql;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Tests.Changes;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

/// <summary>The laws of tests/NumaHistory.Tests/Changes, with a store in place of a list.</summary>
public sealed class StoredLawTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private int _machines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Any_looks_in_any_order_end_in_the_same_state_at_every_moment() => GensLook.Looks.SampleAsync(
        async looks =>
        {
            var answered = looks.Where(look => look.Seen is not null).ToList();
            var machine = await RecordAsync("ordered", answered);

            var facts = await FactsAsync(machine);

            for (var minute = -0.5; minute < 11; minute += 0.5)
            {
                var at = Some.Minute(minute);
                var state = facts.Where(fact => fact.ObservedAt <= at)
                    .Aggregate(new HostState("h1"), (known, fact) => known.After(fact));
                Assert.Equal(Visible.Of(answered, at), Visible.Of(state));
            }
        },
        iter: 20,
        threads: 1);

    [Fact]
    public async Task A_look_that_arrives_twice_adds_nothing_the_second_time()
    {
        await GensLook.Looks.SampleAsync(
            async looks =>
            {
                var answered = looks.Where(look => look.Seen is not null).ToList();
                var machine = await RecordAsync("twice", answered);
                var events = await CountAsync(machine);

                foreach (var look in answered)
                {
                    await store.Facts.RecordAsync(look.Seen! with { MachineId = machine }, Cancel);
                }

                Assert.Equal(events, await CountAsync(machine));
            },
            iter: 10,
            threads: 1);
    }

    [Fact]
    public async Task A_failure_that_arrives_late_ends_where_the_source_is_known_to_have_answered()
    {
        var look = FactJournalTests.Look("late-failure", Some.TwoCells().Topology(), 0);
        await store.Facts.RecordAsync(look, Cancel);
        await store.Facts.RecordAsync(look with { ObservedAt = Some.Minute(2) }, Cancel);

        await store.Facts.RecordFailureAsync(new SourceFailed("late-failure", "sysfs", "gone", Some.Minute(1)), Cancel);

        var health = (await FactsAsync("late-failure")).Where(fact => fact is SourceFailed or SourceRecovered);
        Assert.Equal(
            [
                new SourceFailed("late-failure", "sysfs", "gone", Some.Minute(1)),
                new SourceRecovered("late-failure", "sysfs", Some.Minute(2)),
            ],
            health);
    }

    private async Task<string> RecordAsync(string test, IEnumerable<Look> looks)
    {
        var machine = $"{test}-{++_machines}";
        foreach (var look in looks)
        {
            await store.Facts.RecordAsync(look.Seen! with { MachineId = machine }, Cancel);
        }

        return machine;
    }

    private async Task<List<IHostFact>> FactsAsync(string host)
    {
        await using var command = store.Source.CreateCommand(
            "select type, data::text from numa.event where host = $1 and type <> 'memory.block' order by position");
        command.Parameters.Add(new NpgsqlParameter { Value = host });
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var facts = new List<IHostFact>();
        while (await rows.ReadAsync(Cancel))
        {
            facts.Add(EventJson.Read(rows.GetString(0), Encoding.UTF8.GetBytes(rows.GetString(1))));
        }

        return facts;
    }

    private Task<long> CountAsync(string host) => store.AskAsync<long>($"select count(*) from numa.event where host = '{host}'");
}
