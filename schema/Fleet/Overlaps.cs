using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// Where exclusive pins met the pins of others, folded from intervals of pins. A guest's definition counts while nothing of it runs: what runs
/// is what takes CPUs. A decision counts always, it holds CPUs whatever a hypervisor shows.
/// </summary>
public static class Overlaps
{
    /// <summary>The overlaps in order of time; each pair of guests has one at a time on a host, which ends when the CPUs change.</summary>
    public static IReadOnlyList<Overlap> Of(IEnumerable<HeldPin> pins) =>
    [
        .. pins.GroupBy(pin => pin.Pin.Host)
            .SelectMany(host => Meetings([.. host.GroupBy(pin => pin.Guest).SelectMany(Counting)])
                .GroupBy(meeting => (meeting.First.Guest, meeting.Second.Guest))
                .SelectMany(pair => Merged(host.Key, [.. pair])))
            .OrderBy(overlap => overlap.From)
            .ThenBy(overlap => overlap.Host, StringComparer.Ordinal)
            .ThenBy(overlap => overlap.Cpus.First),
    ];

    private static IEnumerable<HeldPin> Counting(IEnumerable<HeldPin> guest)
    {
        var known = guest.ToList();
        // Of a guest that nobody saw the decision stands for the other layers too.
        var decided = known.Where(pin => pin.Pin.Layer == "decided").Select(pin => (pin.Pin.Event, pin.Pin.Thread, pin.Pin.Number)).ToHashSet();
        var all = known.Where(pin => pin.Pin.Layer == "decided" || !decided.Contains((pin.Pin.Event, pin.Pin.Thread, pin.Pin.Number))).ToList();
        var running = all.Where(pin => pin.Pin.Layer == "live").Select(pin => (pin.Pin.From, pin.Pin.Until)).OrderBy(span => span.From).ToList();
        return all.SelectMany(pin => pin.Pin.Layer == "config" ? Without(pin, running) : [pin]);
    }

    // The parts of a pin's interval that no span covers; spans come by their beginning and may overlap.
    private static IEnumerable<HeldPin> Without(HeldPin pin, List<(DateTimeOffset From, DateTimeOffset? Until)> spans)
    {
        DateTimeOffset? from = pin.Pin.From;
        foreach (var span in spans.Where(span => Meet(span.From, span.Until, pin.Pin.From, pin.Pin.Until)))
        {
            if (from < span.From)
            {
                yield return pin with { Pin = pin.Pin with { From = from.Value, Until = span.From } };
            }

            from = span.Until is { } until ? Later(from, until) : null;
            if (from is null)
            {
                yield break;
            }
        }

        if (pin.Pin.Until is not { } end || from < end)
        {
            yield return pin with { Pin = pin.Pin with { From = from!.Value } };
        }
    }

    private static IEnumerable<Meeting> Meetings(IReadOnlyList<HeldPin> pins)
    {
        var byCpu = pins.SelectMany(pin => pin.Pin.Cpus.Members(), (pin, cpu) => (cpu, pin)).ToLookup(one => one.cpu, one => one.pin);
        foreach (var alone in pins.Where(pin => pin.Pin.Exclusive))
        {
            foreach (var other in alone.Pin.Cpus.Members().SelectMany(cpu => byCpu[cpu]).Distinct(ReferenceEqualityComparer.Instance).Cast<HeldPin>())
            {
                if (other.Guest != alone.Guest && Meet(alone.Pin.From, alone.Pin.Until, other.Pin.From, other.Pin.Until))
                {
                    yield return alone.Guest.CompareTo(other.Guest) < 0 ? new Meeting(alone, other) : new Meeting(other, alone);
                }
            }
        }
    }

    // All pins of two guests that meet, as steps of time: a new step where the CPUs on which they do are others.
    private static IEnumerable<Overlap> Merged(string host, IReadOnlyList<Meeting> meetings)
    {
        Overlap? open = null;
        foreach (var at in meetings.SelectMany(meeting => new[] { meeting.From, meeting.Until }).OfType<DateTimeOffset>().Distinct().Order())
        {
            var now = meetings.Where(meeting => meeting.From <= at && !(meeting.Until <= at)).ToList();
            var cpus = now.Aggregate(CpuSet.Empty, (all, meeting) => all.Union(meeting.Cpus));
            if (open is not null && !open.Cpus.Equals(cpus))
            {
                yield return open with { Until = at };
                open = null;
            }

            if (open is null && now.Count > 0)
            {
                var (first, second) = now.MaxBy(meeting => meeting.From)!.InOrder();
                open = new Overlap(host, cpus, first, second, at, null);
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static bool Meet(DateTimeOffset from, DateTimeOffset? until, DateTimeOffset otherFrom, DateTimeOffset? otherUntil) =>
        !(until <= otherFrom) && !(otherUntil <= from);

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset right) => left > right ? left : right;

    private sealed record Meeting(HeldPin First, HeldPin Second)
    {
        public DateTimeOffset From { get; } = First.Pin.From > Second.Pin.From ? First.Pin.From : Second.Pin.From;

        public DateTimeOffset? Until { get; } = First.Pin.Until is not { } first ? Second.Pin.Until
            : Second.Pin.Until is { } second && second < first ? second : first;

        public CpuSet Cpus { get; } = First.Pin.Cpus.Intersect(Second.Pin.Cpus);

        // Who came later made them meet; of two that came at once, the one that nobody promised the CPUs.
        public (HeldPin First, HeldPin Second) InOrder() =>
            First.Pin.From < Second.Pin.From || (First.Pin.From == Second.Pin.From && First.Pin.Exclusive) ? (First, Second) : (Second, First);
    }
}
