using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;

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
        var placer = new HostPlacer(question.Wish, question.Until);
        var next = 0;
        for (var i = 0; i < grounds.Count; i++)
        {
            var (ground, end) = (grounds[i], i + 1 < grounds.Count ? grounds[i + 1].From : question.Until);
            if (ground.Stale is { } why)
            {
                record.Add(ground.From, null, ["stale"], FitWords.Stale(why));
            }
            else if (ground.Host.Topology?.Cells is not { Count: > 0 } cells || !placer.HasRoom(ground.Host, ground.Others))
            {
                record.Add(ground.From, placer.Place(ground.Host, ground.Others, null).Answer);
            }
            else
            {
                Walk(record, placer, ground, end, new MemoryNeeds(question.Wish, cells), hours.Value, ref next);
            }
        }

        return record.Close(question.Until);
    }

    // Next is the first hour that begins after the ground; it only ever grows.
    private static void Walk(
        PlacementRecord record, HostPlacer placer, HostGround ground, DateTimeOffset end, MemoryNeeds needs, IReadOnlyList<HourMemory> hours, ref int next)
    {
        while (next < hours.Count && hours[next].From <= ground.From)
        {
            next++;
        }

        var step = Judge(next > 0 ? hours[next - 1] : null, ground.From, null);
        for (; next < hours.Count && (hours[next].From < end); next++)
        {
            step = Judge(hours[next], hours[next].From, step);
        }

        List<long> Judge(HourMemory? hour, DateTimeOffset at, List<long>? before)
        {
            var now = needs.Step(hour?.Least);
            if (before is null || !now.SequenceEqual(before))
            {
                record.Add(at, placer.Place(ground.Host with { Memory = hour?.Least }, ground.Others, null).Answer);
            }

            return now;
        }
    }
}
