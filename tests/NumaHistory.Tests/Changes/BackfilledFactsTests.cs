using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.QemuLogs;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

public sealed class BackfilledFactsTests
{
    private static readonly Guid Id = Guid.Parse("4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10");

    [Fact]
    public void A_run_is_seen_started_pinned_and_stopped_and_a_later_one_with_the_same_pins_only_started()
    {
        var facts = BackfilledFacts.News([], Of(Run(0, 2, 5), Run(6, 2, null), Run(9, 3, null)));

        Assert.Equal(
            ["guest.seen 0", "guest.started 0", "pinning.observed 0", "guest.stopped 5", "guest.started 6", "guest.started 9", "pinning.observed 9"],
            facts.Select(Text));
        Assert.All(facts, fact => Assert.True(Backfill.Made(fact)));
    }

    [Fact]
    public void What_is_known_already_is_no_news_however_the_past_was_cut()
    {
        var known = BackfilledFacts.News([], Of(Run(0, 2, 5)));

        Assert.Empty(BackfilledFacts.News(known, Of(Run(0, 2, 5))));
        Assert.Equal(["guest.started 6"], BackfilledFacts.News(known, Of(Run(6, 2, null))).Select(Text));
    }

    [Fact]
    public void What_somebody_saw_does_not_make_the_past_known()
    {
        IGuestFact[] seen = [new GuestSeen("h", "libvirt", Id, "g", null, null, Some.Minute(-1)), new GuestStarted("h", "libvirt", Id, "g", "running", Some.Minute(-1))];

        Assert.Equal(3, BackfilledFacts.News(seen, Of(Run(0, 2, null))).Count);
    }

    [Fact]
    public void A_commit_that_leaves_the_pins_as_they_are_decides_nothing()
    {
        var found = new Backlog("h") { Decisions = [Committed(0, 2, "a"), Committed(1, 2, "b"), Committed(2, 3, "c"), Committed(3, 3, "d") with { IsGone = true }, Committed(4, 3, "e")] };

        var facts = BackfilledFacts.News([], BackfilledFacts.Of("h", found, _ => Id));

        Assert.Equal(["pinning.decided 0", "pinning.decided 2", "pinning.released 3", "pinning.decided 4"], facts.Select(Text));
        Assert.Equal(("backfilled", "me", "a"), facts[0] is PinningDecided decided ? (decided.Origin, decided.By, decided.Why) : default);
    }

    [Fact]
    public void A_look_records_what_it_sees_although_the_past_says_the_same_and_what_is_missing_is_gone()
    {
        var known = new Dictionary<Guid, GuestState> { [Id] = Of(Run(0, 2, null)).Aggregate(new GuestState(Id), (state, fact) => state.After(fact)) };
        GuestPins[] now = [new("g", $"{Id}", "running", PinLayer.Live, MemoryKiB: 2)];

        var seen = GuestDetector.Detect("h", "libvirt", Some.Minute(9), now, true, known);
        var missing = GuestDetector.Detect("h", "libvirt", Some.Minute(9), [], true, known);

        Assert.Equal(["guest.seen 9", "guest.started 9", "pinning.observed 9"], seen.Select(Text));
        Assert.Equal(["guest.gone 9"], missing.Select(Text));
    }

    private static IReadOnlyList<IGuestFact> Of(params QemuRun[] runs) => BackfilledFacts.Of("h", new Backlog("h") { Runs = runs }, _ => Id);

    private static QemuRun Run(int minute, int memory, int? until) =>
        new(1, Some.Minute(minute), "h", new GuestPins("g", Layer: PinLayer.Live, MemoryKiB: memory), false, until is { } end ? Some.Minute(end) : null, "shutdown");

    private static CommittedPins Committed(int minute, int memory, string why) => new(Some.Minute(minute), "me", why, new GuestPins("g", MemoryKiB: memory), false);

    private static string Text(IGuestFact fact) => $"{EventNames.Of(fact)} {(fact.ObservedAt - Some.Noon).TotalMinutes}";
}
