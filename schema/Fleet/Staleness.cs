using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Fleet;

/// <summary>Why what is known of a host is too old to judge by, as a clause.</summary>
public static class Staleness
{
    /// <summary>
    /// Null where the facts are fresh. The guest's source is the one that showed its pins, null where a decision says them; a source that counts
    /// neither for the topology nor for the guest may be silent. Named: somebody asks about this very moment.
    /// </summary>
    public static string? Of(
        HostState? state, string? guestSource, IEnumerable<Silence> silences, HostWatch? watch, DateTimeOffset at, bool isNamed)
    {
        var topology = state?.InForce;
        foreach (var silence in silences)
        {
            if (silence.Covers(at) && (topology is null || silence.Source == topology.Name || silence.Source == guestSource))
            {
                return $"nothing was sampled from {TimeText.Utc(silence.From)} to {TimeText.Utc(silence.To)}";
            }
        }

        var shown = guestSource is null ? null : state?.Sources.GetValueOrDefault(guestSource);
        if ((Failed(topology) ?? Failed(shown)) is { } failed)
        {
            return $"its source {failed.Name} does not answer since {TimeText.Utc(failed.Health!.ObservedAt)}";
        }

        return watch?.GoodUntil(isNamed) is { } until && at > until ? Late(watch) : null;
    }

    private static SourceState? Failed(SourceState? source) => source is { HasFailed: true } ? source : null;

    private static string Late(HostWatch watch) => watch is { Interval: { } interval, Sampled: { } sampled }
        ? $"the newest sample is of {TimeText.Utc(sampled)}, though one was due every {Duration.Print(interval)}"
        : $"it was last looked at {TimeText.Utc(watch.Seen!.Value)}";
}
