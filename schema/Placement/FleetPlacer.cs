using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Where in a fleet a guest fits. A candidate is a pinning that the check of pinnings calls FITS on that host; a host whose facts are too
/// old, or where the check finds something, is rejected with what was found.
/// </summary>
public sealed class FleetPlacer(FleetState fleet, FleetCheck check, GuestWish wish, DateTimeOffset at)
{
    private readonly HostPlacer _placer = new(wish, at);
    private readonly Dictionary<string, GuestPins> _guests = [];

    /// <summary>The pinning of a candidate, by the host's name.</summary>
    public IReadOnlyDictionary<string, GuestPins> Guests => _guests;

    /// <summary>The candidates of these hosts, best first: fewest cells, then the policy's score; the rejected, those with the fewest reasons first.</summary>
    public PlacementAnswer Place(IEnumerable<string> hosts) => Together(hosts.Select(Place));

    /// <summary>The answers for some hosts each as one, in the same order.</summary>
    public static PlacementAnswer Together(IEnumerable<PlacementAnswer> some)
    {
        var answers = some.ToList();
        return new PlacementAnswer(
            answers.Exists(answer => answer.Fits),
            [
                .. answers.SelectMany(answer => answer.Candidates).OrderBy(one => one.Cells!.Count)
                    .ThenByDescending(one => one.Score).ThenBy(one => one.Host, StringComparer.Ordinal),
            ],
            [
                .. answers.SelectMany(answer => answer.Rejected).OrderBy(one => one.Findings.Count(finding => finding.Verdict != Verdict.Info))
                    .ThenBy(one => one.Host, StringComparer.Ordinal),
            ]);
    }

    private PlacementAnswer Place(string key)
    {
        var (host, others) = check.Ground(key);
        var (answer, guest) = _placer.Place(
            host,
            wish.Uuid is null ? others : [.. others.Where(other => !string.Equals(other.Uuid, wish.Uuid, StringComparison.OrdinalIgnoreCase))],
            fleet.Stale(key, null));
        if (guest is not null)
        {
            _guests[host.Name] = guest;
        }

        return answer;
    }
}
