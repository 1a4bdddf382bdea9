using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.State;

/// <summary>The pins of one guest over time, folded from all its facts in any order.</summary>
public static class PinTimeline
{
    /// <summary>The intervals in order of time; facts come with the ids of their events.</summary>
    public static IReadOnlyList<PinInterval> Of(Guid guest, IEnumerable<(Guid Event, IGuestFact Fact)> facts)
    {
        var all = facts.ToList();
        var events = new Dictionary<IGuestFact, Guid>(ReferenceEqualityComparer.Instance);
        foreach (var (id, fact) in all)
        {
            events[fact] = id;
        }

        var done = new List<PinInterval>();
        var open = new List<PinInterval>();
        var state = new GuestState(guest);
        foreach (var instant in all.Select(one => one.Fact).GroupBy(fact => fact.ObservedAt).OrderBy(instant => instant.Key))
        {
            state = instant.Aggregate(state, (now, fact) => now.After(fact));
            var pins = Rows(state, instant.Key, events).ToList();
            var ended = open.Where(old => !pins.Exists(now => Same(old, now))).ToList();
            done.AddRange(ended.Where(old => old.From < instant.Key).Select(old => old with { Until = instant.Key }));
            open = [.. open.Except(ended), .. pins.Where(now => !open.Exists(old => Same(old, now)))];
        }

        return [.. done.Concat(open).OrderBy(interval => interval.From)];
    }

    private static IEnumerable<PinInterval> Rows(GuestState state, DateTimeOffset from, Dictionary<IGuestFact, Guid> events)
    {
        if (state.Host is not { } host)
        {
            return [];
        }

        // A guest that does not run has no live pins, unless nobody ever looked.
        var mayRun = state.Hosts.GetValueOrDefault(host) is not { Presence: not (null or GuestStarted) };
        return
        [
            .. Rows(host, "config", state.Pins(PinLayer.Config), from, events),
            .. mayRun ? Rows(host, "live", state.Pins(PinLayer.Live), from, events) : [],
            .. state.DecidedOn is { } on ? Rows(on, "decided", state.Pins(PinLayer.Decided), from, events) : [],
            .. Behind(state) is { } behind ? Rows(host, "decided", behind, from, events) : [],
        ];
    }

    // What runs keeps what it was promised while a later decision is not done.
    private static PinsInForce? Behind(GuestState state) =>
        state.Pins(state.IsRunning ? PinLayer.Live : PinLayer.Config)?.Decision is { } behind && behind != state.Decided
            ? new PinsInForce(behind.Pins, behind, behind)
            : null;

    private static IEnumerable<PinInterval> Rows(
        string host, string layer, PinsInForce? force, DateTimeOffset from, Dictionary<IGuestFact, Guid> events)
    {
        if (force is null)
        {
            return [];
        }

        PinInterval Row(string thread, int number, CpuSet cpus) => new(
            host,
            layer,
            thread,
            number,
            cpus,
            thread == "reserved" || (thread == "vcpu" && force.Pins.Exclusive == true),
            force.Decision?.By,
            force.Decision?.Why,
            events[force.Fact],
            from,
            null);
        return
        [
            .. force.Pins.Pins.Where(pin => pin.Cpus is not null).Select(pin => Row("vcpu", pin.Vcpu, pin.Cpus!)),
            .. force.Pins.Emulator is { } emulator ? [Row("emulator", 0, emulator)] : Array.Empty<PinInterval>(),
            .. force.Pins.Reserved is { } reserved ? [Row("reserved", 0, reserved)] : Array.Empty<PinInterval>(),
            .. force.Pins.Iothreads.Where(thread => thread.Cpus is not null).Select(thread => Row("iothread", thread.Id, thread.Cpus!)),
        ];
    }

    private static bool Same(PinInterval left, PinInterval right) => left with { From = default, Until = null } == right with { From = default, Until = null };
}
