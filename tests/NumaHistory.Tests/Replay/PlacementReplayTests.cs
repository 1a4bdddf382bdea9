using CsCheck;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.State;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Replay;

/// <summary>A replay of a placement says at every moment what a placement of that moment says.</summary>
public sealed class PlacementReplayTests
{
    private static readonly DateTimeOffset End = Some.Minute(130);

    private static readonly DateTimeOffset[] Moments =
        [.. Enumerable.Range(0, 26).SelectMany(five => new[] { Some.Minute(five * 5), Some.Minute((five * 5) + 2.5) })];

    private static readonly Gen<GuestWish> Wishes = Gen.Select(
            Gen.Int[1, 6], Gen.Long[0, 10], Gen.Enum<CpuKind>(), Gen.Int[1, 3].Nullable(), Gen.Enum<SmtPolicy>().Nullable(), Gen.Enum<PlacementPolicy>().Nullable(),
            Gen.Int[0, 5])
        .Select((vcpus, halves, cpu, cells, smt, policy, other) => new GuestWish(
            "new", vcpus, halves * Questions.GiB / 2, cpu, cells, Smt: smt, Near: other == 1 ? "eth0" : null, Policy: policy,
            Limits: new FitLimits(ReserveKiB: 128 << 10, GuestOverheadKiB: 64 << 10), AllowSharedCells: other == 2));

    [Fact]
    public void At_every_moment_it_says_what_a_placement_of_that_moment_says() => Gen.Select(Histories.Any, Wishes).Sample((history, wish) =>
    {
        var replayed = Replay(history, wish, Some.Noon);
        return Moments.All(at => replayed.All(host => Word(StretchAt(host, at)) == Word(Placed(history, wish, host.Host!, at))));
    });

    [Fact]
    public void A_stretch_that_begins_later_says_the_same_of_what_is_left() => Gen.Select(Histories.Any, Wishes).Sample((history, wish) =>
    {
        var (all, later) = (Replay(history, wish, Some.Noon), Replay(history, wish, Some.Minute(61)));
        return later.Count == 2 && Moments.Where(at => at >= Some.Minute(61))
            .All(at => all.Zip(later).All(host => Word(StretchAt(host.First, at)) == Word(StretchAt(host.Second, at))));
    });

    [Fact]
    public void It_fits_somewhere_exactly_where_some_host_says_so() => Gen.Select(Histories.Any, Wishes).Sample((history, wish) =>
    {
        var hosts = Replay(history, wish, Some.Noon);
        var fleet = FleetPlacements.Of(hosts, End, key => key);
        return Moments.All(at => hosts.Select(host => StretchAt(host, at)!.Fits).ToList() is var fits
            && StretchAt(fleet, at)!.Fits == (fits.Contains(true) ? true : fits.Contains(null) ? null : false));
    });

    [Fact]
    public void Stretches_follow_each_other_and_neighbours_differ() => Gen.Select(Histories.Any, Wishes).Sample((history, wish) =>
    {
        var hosts = Replay(history, wish, Some.Noon);
        return hosts.Append(FleetPlacements.Of(hosts, End, key => key)).All(host =>
            host.Stretches[0].From == Some.Noon && host.Stretches[^1].To == End
            && host.Stretches.Zip(host.Stretches.Skip(1)).All(pair => pair.First.To == pair.Second.From && Word(pair.First) != Word(pair.Second)));
    });

    [Fact]
    public void Memory_is_not_asked_of_a_host_that_has_no_room_for_the_vCPUs()
    {
        var history = Histories.Any.Single();

        var hosts = PlacementReplay.Run(
            history, new PlacementQuestion(new GuestWish("new", 40, Questions.GiB), Some.Noon, End), host => throw new InvalidOperationException(host));

        Assert.All(hosts, host => Assert.Equal(0, host.Share ?? 0));
    }

    [Fact]
    public void The_longest_gap_and_fit_go_over_reasons_but_not_over_silence()
    {
        var history = new PlacementHistory("h1",
        [
            Stretch(0, 10, true), Stretch(10, 20, false, "overlap"), Stretch(20, 45, false, "memory-committed"), Stretch(45, 50, null, "stale"),
            Stretch(50, 70, false, "overlap"), Stretch(70, 90, true), Stretch(90, 100, null, "stale"),
        ]);

        Assert.Equal((Some.Minute(10), Some.Minute(45)), history.Longest(false));
        Assert.Equal((Some.Minute(70), Some.Minute(90)), history.Longest(true));
        Assert.Equal(TimeSpan.FromMinutes(85), history.Known);
        Assert.Equal(30.0 / 85, history.Share);
        Assert.Null(history.FitsAtEnd);
    }

    private static PlacementStretch Stretch(int from, int to, bool? fits, params string[] because) =>
        new(Some.Minute(from), Some.Minute(to), fits, because, null);

    private static IReadOnlyList<PlacementHistory> Replay(ReplayInput history, GuestWish wish, DateTimeOffset since) =>
        PlacementReplay.Run(history with { Hours = new Dictionary<string, IReadOnlyList<HourMemory>>() }, new PlacementQuestion(wish, since, End), host => history.Hours[host]);

    private static PlacementStretch? StretchAt(PlacementHistory host, DateTimeOffset at) =>
        host.Stretches.FirstOrDefault(stretch => stretch.From <= at && at < stretch.To);

    private static string? Word(PlacementStretch? stretch) => stretch is null ? null : $"{stretch.Fits} {string.Join(' ', stretch.Because)}";

    // A placement of one moment, from nothing but the facts up to it. What is known is too old: nothing else is said. It has not the room however
    // much memory is free: what is free is not said either.
    private static PlacementStretch Placed(ReplayInput history, GuestWish wish, string host, DateTimeOffset at)
    {
        var hosts = history.Facts.Select(fact => fact.Fact).Where(fact => fact is not IGuestFact && fact.ObservedAt <= at)
            .GroupBy(fact => fact.Host)
            .ToDictionary(one => one.Key, one => one.Aggregate(new HostState(one.Key), (state, fact) => state.After(fact)));
        var guests = history.Facts.Select(fact => fact.Fact).OfType<IGuestFact>().Where(fact => fact.ObservedAt <= at)
            .GroupBy(fact => fact.Guest)
            .ToDictionary(guest => guest.Key, guest => guest.Aggregate(new GuestState(guest.Key), (state, fact) => state.After(fact)));
        var silences = history.Facts.Select(fact => fact.Fact).OfType<SamplingGap>().ToLookup(gap => gap.Host, gap => new Silence(gap.Source, gap.From, gap.To));
        var fleet = new FleetState(hosts, guests)
        {
            Memory = key => history.Hours[key].LastOrDefault(hour => hour.From <= at)?.Least,
            Stale = (key, source) => Staleness.Of(hosts.GetValueOrDefault(key), source, silences[key], null, at, false),
        };
        var answer = Answer(fleet);
        var anyMemory = Answer(fleet with { Memory = _ => null });
        var findings = answer.Fits ? [] : (anyMemory.Fits ? answer : HasRoom(fleet) ? answer : anyMemory).Rejected[0].Findings;
        string[] codes = [.. findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct()];
        return new PlacementStretch(at, at, answer.Fits ? true : codes.Contains("stale") ? null : false, codes.Contains("stale") ? ["stale"] : codes, null);

        PlacementAnswer Answer(FleetState state) => new FleetPlacer(state, new FleetCheck(state), wish, at).Place([host]);

        bool HasRoom(FleetState state)
        {
            var (ground, others) = new FleetCheck(state with { Memory = _ => null }).Ground(host);
            return new HostPlacer(wish, at).HasRoom(ground, HostRooms.Of(ground, others, wish));
        }
    }
}
