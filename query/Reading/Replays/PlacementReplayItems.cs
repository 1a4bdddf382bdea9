using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>Replayed placements as items of the contract: hosts that fitted longest first, then all of them together.</summary>
internal static class PlacementReplayItems
{
    public static IReadOnlyList<PlacementReplayItem> Of(IReadOnlyList<PlacementHistory> hosts, Func<string, string> hostName, DateTimeOffset until) =>
    [
        .. hosts.Select(host => Of(host, hostName(host.Host!)))
            .OrderByDescending(item => item.Share ?? -1)
            .ThenBy(item => item.Host, StringComparer.Ordinal),
        .. hosts.Count > 1 ? [Of(FleetPlacements.Of(hosts, until, hostName), null)] : Array.Empty<PlacementReplayItem>(),
    ];

    private static PlacementReplayItem Of(PlacementHistory history, string? host) => new(
        host,
        history.FitsAtEnd,
        history.Share,
        (long)history.Known.TotalSeconds,
        Span(history.Longest(false)),
        Span(history.Longest(true)),
        history.Stretches.FirstOrDefault(stretch => stretch.Fits == true)?.From,
        history.Stretches.LastOrDefault(stretch => stretch.Fits == true)?.To,
        [.. history.Stretches.Select(stretch => new PlacementStretchItem(stretch.From, stretch.To, stretch.Fits, stretch.Because, stretch.Text))]);

    private static SpanItem? Span((DateTimeOffset From, DateTimeOffset To)? span) => span is var (from, to) ? new SpanItem(from, to) : null;
}
