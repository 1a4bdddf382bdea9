using CsCheck;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Replay;

/// <summary>A replay judges only where something changed, and says at every moment what a check of that moment says.</summary>
public sealed class ReplayerTests
{
    private static readonly DateTimeOffset End = Some.Minute(130);

    private static readonly DateTimeOffset[] Moments =
        [.. Enumerable.Range(0, 26).SelectMany(five => new[] { Some.Minute(five * 5), Some.Minute((five * 5) + 2.5) })];

    [Fact]
    public void At_every_moment_it_says_what_a_check_of_that_moment_says() => Histories.Any.Sample(history =>
    {
        var replayed = Replayer.Run(history, new ReplayQuestion(Some.Noon, End));
        return Moments.All(at => Histories.Guests.All(guest => Replayed(replayed, guest, at) == Checked(history, guest, at, null)));
    });

    [Fact]
    public void On_another_host_too() => Histories.Any.Sample(history =>
    {
        var replayed = Replayer.Run(history, new ReplayQuestion(Some.Noon, End, Target: "h2"));
        return Moments.All(at => Histories.Guests.All(guest => Replayed(replayed, guest, at) == Checked(history, guest, at, "h2")));
    });

    [Fact]
    public void A_stretch_that_begins_later_says_the_same_of_what_is_left() => Histories.Any.Sample(history =>
    {
        var replayed = Replayer.Run(history, new ReplayQuestion(Some.Minute(61), End));
        return Moments.Where(at => at >= Some.Minute(61))
            .All(at => Histories.Guests.All(guest => Replayed(replayed, guest, at) == Checked(history, guest, at, null)));
    });

    [Fact]
    public void The_order_in_which_facts_arrived_changes_nothing() => Gen.Select(Histories.Any, Gen.Int[0, 1000]).Sample((history, seed) =>
    {
        var shuffled = history with { Facts = [.. history.Facts.OrderBy(fact => HashCode.Combine(seed, fact.Event))] };
        return Words(Replayer.Run(history, new ReplayQuestion(Some.Noon, End))) == Words(Replayer.Run(shuffled, new ReplayQuestion(Some.Noon, End)));
    });

    [Fact]
    public void Stretches_follow_each_other_and_neighbours_differ() => Histories.Any.Sample(history => Replayer.Run(history, new ReplayQuestion(Some.Noon, End))
        .All(guest => guest.Intervals.Zip(guest.Intervals.Skip(1)).All(pair => pair.First.To <= pair.Second.From
            && (pair.First.To < pair.Second.From || Word(pair.First) != Word(pair.Second)))
            && guest.Intervals.All(interval => interval.From < interval.To || interval.To == End)));

    [Fact]
    public void Hosts_between_which_no_guest_moved_may_be_followed_apart() => Histories.Any.Sample(history =>
    {
        var question = new ReplayQuestion(Some.Noon, End);
        var apart = Separate.Parts(history).SelectMany(part => Replayer.Run(part, question)).OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Guest);
        return Words(Replayer.Run(history, question)) == Words(apart);
    });

    [Fact]
    public void A_long_history_is_followed_in_parts_and_says_the_same() => Histories.Any.Sample(
        history =>
        {
            // The same facts over and over make it long, and change nothing.
            var question = new ReplayQuestion(Some.Noon, End);
            var many = history with { Facts = [.. Enumerable.Repeat(history.Facts, 1 + (1_000 / history.Facts.Count)).SelectMany(facts => facts)] };
            return Words(Replayer.Run(history, question)) == Words(Replayer.Run(many, question));
        },
        iter: 20);

    private static string Words(IEnumerable<GuestVerdicts> guests) => string.Join('\n', guests.SelectMany(guest =>
        guest.Intervals.Select(interval => $"{guest.Guest} {interval.From:O} {interval.To:O} {Word(interval)}")));

    private static string Word(VerdictInterval interval) => Word(interval.Host, interval.Report());

    // How much memory is free is another every hour and begins no stretch.
    private static string Word(string host, FitReport report) => $"{host} {report.Situation} {report.Verdict} {string.Join(' ', report.Findings.Where(finding => finding.Verdict != Verdict.Info)
        .Select(finding => $"{finding.Code} {finding.Verdict} {finding.Subject} {finding.Saved} {(finding.Code is "memory-free" or "memory-tight" or "hugepages" ? "" : finding.Observed)}"))}";

    private static string? Replayed(IReadOnlyList<GuestVerdicts> replayed, Guid guest, DateTimeOffset at) =>
        replayed.FirstOrDefault(one => one.Guest == guest)?.Intervals.FirstOrDefault(interval => interval.From <= at && at < interval.To) is { } found
            ? Word(found)
            : null;

    // A check of one moment, from nothing but the facts up to it.
    private static string? Checked(ReplayInput history, Guid id, DateTimeOffset at, string? target)
    {
        var hosts = Hosts(history, at);
        var guests = history.Facts.Select(fact => fact.Fact).OfType<IGuestFact>().Where(fact => fact.ObservedAt <= at)
            .GroupBy(fact => fact.Guest)
            .ToDictionary(guest => guest.Key, guest => guest.Aggregate(new GuestState(guest.Key), (state, fact) => state.After(fact)));
        var silences = history.Facts.Select(fact => fact.Fact).OfType<SamplingGap>().ToLookup(gap => gap.Host, gap => new Silence(gap.Source, gap.From, gap.To));
        var fleet = new FleetState(hosts, guests)
        {
            Memory = host => history.Hours[host].LastOrDefault(hour => hour.From <= at)?.Least,
            Then = then => Believed(history, then) ?? Hosts(history, then.At).GetValueOrDefault(then.Host)?.Topology,
            Stale = (host, source) => Staleness.Of(hosts.GetValueOrDefault(host), source, silences[host], null, at, false),
        };
        if (guests.GetValueOrDefault(id) is not { Host: { } on } guest)
        {
            return null;
        }

        var report = new FleetCheck(fleet).Judge(guest, at, target, null).FirstOrDefault();
        return report is null || !HasLayer(guest, target) ? null
            : Word(target ?? on, report);
    }

    // What the source in force gave somewhen before, as the decision names it.
    private static HostTopology? Believed(ReplayInput history, Circumstances then)
    {
        var source = Hosts(history, then.At).GetValueOrDefault(then.Host)?.InForce?.Name;
        var before = history.Facts.Select(fact => fact.Fact).Where(fact => fact.Host == then.Host && fact.ObservedAt <= then.At).ToList();
        var structure = before.OfType<TopologyObserved>().FirstOrDefault(fact => fact.Source == source && fact.Fingerprint == then.Structure);
        var capacity = before.OfType<CapacityObserved>().FirstOrDefault(fact => fact.Source == source && fact.Fingerprint == then.Capacity);
        return structure is not null && capacity is not null ? HostTopology.Of(structure.Structure, capacity.Capacity) : null;
    }

    // A replay follows the layer that counts: what was decided for the host it is to go to, as it runs, else as it would start.
    private static bool HasLayer(GuestState guest, string? target) => (target is not null && target == guest.DecidedOn) || guest.Pins(guest.IsRunning ? PinLayer.Live : PinLayer.Config) is not null;

    private static Dictionary<string, HostState> Hosts(ReplayInput history, DateTimeOffset at) => history.Facts.Select(fact => fact.Fact)
        .Where(fact => fact is not IGuestFact && fact.ObservedAt <= at)
        .GroupBy(fact => fact.Host)
        .ToDictionary(host => host.Key, host => host.Aggregate(new HostState(host.Key), (state, fact) => state.After(fact)));
}
