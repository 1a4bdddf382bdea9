namespace NumaHistory.Schema.Replay;

/// <summary>When a guest would have fitted somewhere, out of the histories of hosts.</summary>
public static class FleetPlacements
{
    /// <summary>
    /// It fits where it fits on some host, and not where every host is known and it fits on none: the reasons are then those of the host with the fewest of
    /// them. Where it fits on none and nothing is known of some host, nobody can tell.
    /// </summary>
    public static PlacementHistory Of(IReadOnlyList<PlacementHistory> hosts, DateTimeOffset until, Func<string, string> nameOf)
    {
        var record = new PlacementRecord();
        var now = new SortedDictionary<string, PlacementStretch>(StringComparer.Ordinal);
        foreach (var moment in hosts.SelectMany(host => host.Stretches.Select(stretch => (Host: host.Host!, Stretch: stretch)))
            .GroupBy(one => one.Stretch.From).OrderBy(one => one.Key))
        {
            foreach (var (host, stretch) in moment)
            {
                now[host] = stretch;
            }

            var (nearest, best) = now.MinBy(one => (one.Value.Fits switch { true => 0, null => 1, false => 2 }, one.Value.Because.Count));
            record.Add(moment.Key, best.Fits, best.Because, best.Text is null ? null : $"{nameOf(nearest)}: {best.Text}");
        }

        return new PlacementHistory(null, record.Close(until));
    }
}
