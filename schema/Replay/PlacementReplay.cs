using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// When a guest would have fitted, as a step function of observed time: placed where an input of the host changed and nowhere else. The hours of a
/// host's memory are asked for only where it has the room without looking at free memory; where it has not, that is the reason, whatever was free.
/// </summary>
public static class PlacementReplay
{
    /// <summary>The history of each host that was known, by key; the hours of a host in order, for its key.</summary>
    public static IReadOnlyList<PlacementHistory> Run(
        ReplayInput input, PlacementQuestion question, Func<string, IReadOnlyList<HourMemory>> hours) =>
    [
        .. HostGrounds.Of(input, question).Select(host => new PlacementHistory(
            host.Key, Stretches(host.Value, question, new Lazy<IReadOnlyList<HourMemory>>(() => hours(host.Key))))),
    ];

    private static IReadOnlyList<PlacementStretch> Stretches(List<HostGround> grounds, PlacementQuestion question, Lazy<IReadOnlyList<HourMemory>> hours)
    {
        var record = new PlacementRecord();
        var next = 0;
        for (var i = 0; i < grounds.Count; i++)
        {
            var (ground, end) = (grounds[i], i + 1 < grounds.Count ? grounds[i + 1].From : question.Until);
            if (ground.Stale is { } why)
            {
                record.Add(ground.From, null, ["stale"], FitWords.Stale(why));
                continue;
            }

            var placements = new HostPlacements(question.Wish, question.Until, ground);
            if (placements.AsksMemory)
            {
                Walk(record, placements, ground.From, end, hours.Value, ref next);
            }
            else
            {
                record.Add(ground.From, placements.Place());
            }
        }

        return record.Close(question.Until);
    }

    // Next is the first hour that begins after the ground; it only ever grows.
    private static void Walk(
        PlacementRecord record, HostPlacements placements, DateTimeOffset from, DateTimeOffset end, IReadOnlyList<HourMemory> hours, ref int next)
    {
        while (next < hours.Count && hours[next].From <= from)
        {
            next++;
        }

        placements.Place(next > 0 ? hours[next - 1] : null, from, record);
        for (; next < hours.Count && hours[next].From < end; next++)
        {
            placements.Place(hours[next], hours[next].From, record);
        }
    }
}
