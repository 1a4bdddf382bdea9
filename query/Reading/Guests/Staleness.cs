using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>
/// Why what is known of a host is too old to judge by. What a recorder promised counts three intervals; an import promises nothing, so
/// that it holds now, and at a moment that somebody names up to the host's newest observation.
/// </summary>
internal static class Staleness
{
    private static readonly TimeSpan SingleLook = TimeSpan.FromSeconds(30);

    /// <summary>A clause, or null where the facts are fresh; the guest's source is the one that showed its pins, null where a decision says them.</summary>
    public static string? Of(Fleet fleet, string host, string? guestSource)
    {
        if (fleet.Gaps.TryGetValue(host, out var gap))
        {
            return $"nothing was sampled from {TimeText.Utc(gap.From)} to {TimeText.Utc(gap.To)}";
        }

        var state = fleet.States.GetValueOrDefault(host);
        var silent = new[] { state?.InForce, guestSource is null ? null : state?.Sources.GetValueOrDefault(guestSource) };
        if (Array.Find(silent, source => source is { HasFailed: true }) is { } source)
        {
            return $"its source {source.Name} does not answer since {TimeText.Utc(source.Health!.ObservedAt)}";
        }

        var newest = fleet.Samples.Where(sample => sample.HostKey == host).MaxBy(sample => sample.At);
        if (newest is { Interval: { } interval } && fleet.AsOf.At - newest.At > 3 * interval)
        {
            return $"the newest sample is of {TimeText.Utc(newest.At)}, though one was due every {Duration.Print(interval)}";
        }

        var seen = fleet.Hosts.FirstOrDefault(row => row.Key == host)?.LastSeen;
        return newest?.Interval is null && fleet.AsOf.IsNamed && seen is { } last && fleet.AsOf.At > last + SingleLook
            ? $"it was last looked at {TimeText.Utc(last)}"
            : null;
    }
}
