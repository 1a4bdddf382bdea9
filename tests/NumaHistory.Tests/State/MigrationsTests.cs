using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.State;

/// <summary>Migrations put together from what two hosts recorded, each of itself.</summary>
public sealed class MigrationsTests
{
    private static readonly Guid Id = Guid.Parse("4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10");

    [Fact]
    public void Two_halves_make_one_migration_though_the_clocks_differ()
    {
        var moved = One(
            Started("a", 0),
            Step("a", MigrationPhase.Leaving, 10), Step("a", MigrationPhase.Left, 10.1), Stopped("a", "migrated", 10.2),
            Step("b", MigrationPhase.Arriving, 9), Step("b", MigrationPhase.Arrived, 9.6), Started("b", 9.7, "migrated"));

        Assert.Equal(
            ("a", "b", Some.Minute(9), Some.Minute(10.1), MigrationOutcome.Moved, false, true, true),
            (moved.From, moved.To, moved.Begun, moved.Ended, moved.Outcome, moved.IsPostCopy, moved.WasSeenBySource, moved.WasSeenByTarget));
        Assert.Equal(6, moved.Events.Count);
    }

    [Fact]
    public void Looks_alone_tell_of_a_migration_too()
    {
        var moved = One(Started("a", 0), Stopped("a", "migrated", 10), Started("b", 10.5, "migrated"));

        Assert.Equal(("a", "b", MigrationOutcome.Moved), (moved.From, moved.To, moved.Outcome));
    }

    [Fact]
    public void A_host_that_nobody_records_leaves_its_half_open()
    {
        var left = One(Started("a", 0), Stopped("a", "migrated", 10));
        var arrived = One(Started("a", 0), Started("b", 10, "migrated"));

        Assert.Equal(("a", null, MigrationOutcome.Moved, true, false), (left.From, left.To, left.Outcome, left.WasSeenBySource, left.WasSeenByTarget));
        Assert.Equal(("a", "b", MigrationOutcome.Moved, false, true), (arrived.From, arrived.To, arrived.Outcome, arrived.WasSeenBySource, arrived.WasSeenByTarget));
    }

    [Fact]
    public void A_migration_that_failed_leaves_the_guest_where_it_was()
    {
        var failed = One(
            Started("a", 0), Step("b", MigrationPhase.Arriving, 9), Step("a", MigrationPhase.Leaving, 10),
            Step("b", MigrationPhase.NotArrived, 10.5), Step("a", MigrationPhase.Stayed, 10.6));

        Assert.Equal(("a", "b", MigrationOutcome.Failed), (failed.From, failed.To, failed.Outcome));
    }

    [Fact]
    public void Post_copy_that_lost_its_link_is_told_apart_until_it_is_recovered()
    {
        (Guid, IGuestFact)[] lost =
        [
            Started("a", 0), Step("b", MigrationPhase.Arriving, 9), Step("a", MigrationPhase.PostCopy, 10), Step("b", MigrationPhase.PostCopy, 10),
            Step("a", MigrationPhase.PostCopyFailed, 11), Step("b", MigrationPhase.PostCopyFailed, 11),
        ];

        var broken = One(lost);
        var recovered = One([.. lost, Step("b", MigrationPhase.PostCopy, 13), Step("a", MigrationPhase.Left, 14), Step("b", MigrationPhase.Arrived, 14)]);

        Assert.Equal((MigrationOutcome.PostCopyFailed, null, true), (broken.Outcome, broken.Ended, broken.IsPostCopy));
        Assert.Equal((MigrationOutcome.Moved, true), (recovered.Outcome, recovered.IsPostCopy));
    }

    [Fact]
    public void One_that_is_not_over_is_under_way() =>
        Assert.Equal(MigrationOutcome.UnderWay, One(Started("a", 0), Step("a", MigrationPhase.Leaving, 10)).Outcome);

    [Fact]
    public void There_and_back_are_two()
    {
        var both = Migrations.Of(
            Id,
            [
                Started("a", 0), Step("a", MigrationPhase.Leaving, 10), Step("a", MigrationPhase.Left, 10.1), Step("b", MigrationPhase.Arriving, 10), Step("b", MigrationPhase.Arrived, 10.2),
                Step("b", MigrationPhase.Leaving, 14), Step("b", MigrationPhase.Left, 14.1), Step("a", MigrationPhase.Arriving, 14), Step("a", MigrationPhase.Arrived, 14.2),
            ]);

        Assert.Equal([("a", "b"), ("b", "a")], both.Select(one => (one.From, one.To)));
        Assert.All(both, one => Assert.Equal(MigrationOutcome.Moved, one.Outcome));
    }

    [Fact]
    public void A_declared_move_counts_only_where_no_host_showed_it()
    {
        var move = (Guid.NewGuid(), (IGuestFact)new MoveDeclared("b", Id, "g", "a", "me", "why", Some.Minute(10)));

        Assert.Equal(MigrationOutcome.Declared, One(Started("a", 0), move).Outcome);
        Assert.Equal(MigrationOutcome.Moved, One(Started("a", 0), move, Started("b", 11, "migrated")).Outcome);
        Assert.Equal((MigrationOutcome.Declared, false), (One(Started("a", 0), move).Outcome, One(Started("a", 0), move).WasSeenByTarget));
        Assert.Equal((MigrationOutcome.Declared, true), (One(Started("a", 0), move, Started("b", 40)).Outcome, One(Started("a", 0), move, Started("b", 40)).WasSeenByTarget));
    }

    private static Migration One(params (Guid, IGuestFact)[] facts) => Assert.Single(Migrations.Of(Id, facts));

    private static (Guid, IGuestFact) Started(string host, double minute, string? reason = null) =>
        (Guid.NewGuid(), new GuestStarted(host, "libvirt", Id, "g", "running", Some.Minute(minute), reason));

    private static (Guid, IGuestFact) Stopped(string host, string reason, double minute) =>
        (Guid.NewGuid(), new GuestStopped(host, "libvirt", Id, "g", "shut off", Some.Minute(minute), reason));

    private static (Guid, IGuestFact) Step(string host, MigrationPhase phase, double minute) =>
        (Guid.NewGuid(), new GuestMigrating(host, "libvirt", Id, "g", phase, Some.Minute(minute)));
}
