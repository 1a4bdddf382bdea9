using CsCheck;
using NumaHistory.Schema.Events;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

public sealed class ChangeDetectorLawTests
{
    [Fact]
    public void A_second_look_at_an_unchanged_host_emits_nothing() =>
        GensTopology.Any.Sample(
            topology =>
            {
                var journal = new ListJournal();
                var first = journal.Record(Looked(0, topology));

                var second = journal.Record(Looked(1, topology));

                Assert.Equal(
                    ["HostBooted", "TopologyObserved", "CapacityObserved"],
                    first.Select(fact => fact.GetType().Name));
                Assert.Empty(second);
            },
            iter: 300);

    [Fact]
    public void A_look_that_arrives_twice_emits_nothing_the_second_time() =>
        GensLook.Looks.Sample(
            looks =>
            {
                var journal = new ListJournal();
                foreach (var look in looks)
                {
                    journal.Record(look);
                }

                Assert.All(looks.Where(look => look.At == looks[^1].At), look => Assert.Empty(journal.Record(look)));
            },
            iter: 1000);

    [Fact]
    public void A_failed_source_says_so_once_and_its_recovery_once()
    {
        var topology = Some.TwoCells().Topology();
        var journal = new ListJournal();
        journal.Record(Looked(0, topology));

        var said = new[] { Failed(1), Failed(2), Looked(3, topology), Looked(4, topology) }
            .Select(look => string.Join(' ', journal.Record(look).Select(fact => fact.GetType().Name)));

        Assert.Equal(["SourceFailed", "", "SourceRecovered", ""], said);
    }

    [Fact]
    public void Nothing_that_a_source_said_is_taken_back_when_it_fails()
    {
        var topology = Some.TwoCells().Topology();
        var journal = new ListJournal();
        journal.Record(Looked(0, topology));
        journal.Record(Failed(1));

        var state = journal.StateAt(Some.Minute(2));

        Assert.Equal(topology.Fingerprint, state.Topology?.Fingerprint);
        Assert.True(state.Sources["sysfs"].HasFailed);
    }

    [Fact]
    public void A_failure_that_arrives_late_ends_where_the_source_is_known_to_have_answered()
    {
        var journal = new ListJournal();
        journal.Record(Looked(0, null));
        journal.Record(Looked(2, null));

        var facts = journal.Record(Failed(1));

        var failed = new SourceFailed("h1", "sysfs", "gone", Some.Minute(1));
        Assert.Equal([failed, new SourceRecovered("h1", "sysfs", Some.Minute(2))], facts);
    }

    [Fact]
    public void Any_order_of_arrival_ends_in_the_same_state_at_every_moment() =>
        GensLook.Looks.Sample(
            looks =>
            {
                var journal = new ListJournal();
                foreach (var look in looks)
                {
                    journal.Record(look);
                }

                for (var minute = -0.5; minute < 11; minute += 0.5)
                {
                    var at = Some.Minute(minute);
                    var expected = Visible.Of(looks, at);
                    Assert.Equal(expected, Visible.Of(journal.StateAt(at)));
                    Assert.Equal(expected, Visible.Of(journal.LoadedAt(at)));
                }
            },
            iter: 3000);

    private static Look Looked(int minute, Schema.Topology.HostTopology? topology) =>
        new("sysfs", Some.Minute(minute), Some.Look(topology, Some.Minute(minute)));

    private static Look Failed(int minute) => new("sysfs", Some.Minute(minute), null);
}
