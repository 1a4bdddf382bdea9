using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Where in a fleet a guest fits. A candidate is a pinning that the check of pinnings calls FITS on that host; a host whose facts are too
/// old, or where the check finds something, is rejected with what was found.
/// </summary>
public sealed class FleetPlacer(FleetState fleet, FleetCheck check, GuestWish wish, DateTimeOffset at)
{
    internal const int MostCells = 8;

    private readonly Dictionary<string, GuestPins> _guests = [];

    /// <summary>The pinning of a candidate, by the host's name.</summary>
    public IReadOnlyDictionary<string, GuestPins> Guests => _guests;

    /// <summary>The candidates of these hosts, best first: fewest cells, then the policy's score; the rejected, those with the fewest reasons first.</summary>
    public PlacementAnswer Place(IEnumerable<string> hosts) => Together(hosts.Select(host => Marked(host, Place(host))));

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

    internal static IEnumerable<int> Counts(GuestWish wish, int most) => wish.Layout is { } layout ? [layout.Count]
        : wish.Cells is { } given ? [given]
        : Enumerable.Range(1, Math.Max(1, Math.Min(Math.Min(MostCells, wish.Vcpus), most)));

    private PlacementAnswer Place(string key)
    {
        var (host, others) = check.Ground(key);
        var rooms = HostRooms.Of(host, others, wish);
        var near = wish.Near is null ? null : Near(host.Topology, wish.Near);
        PlacementAnswer? first = null;
        foreach (var count in Counts(wish, rooms.Cells.Count))
        {
            var answer = Placer.Place(new PlacementRequest(
                rooms,
                new PlacementGuest(wish.Demands(count, near), wish.Emulator),
                new PlacementLimits(wish.Limits?.CpuAllocationRatio, HostRooms.MemoryRatio(wish)),
                wish.Policy,
                wish.AllowSharedCells));
            answer = answer.Fits ? Judged(key, host, others, rooms, answer.Candidates[0]) : answer;
            if (answer.Fits)
            {
                return answer;
            }

            first ??= answer;
        }

        return first!;
    }

    // What speaks against a host whose facts are too old may be old too.
    private PlacementAnswer Marked(string key, PlacementAnswer answer) =>
        fleet.Stale(key, null) is not { } why || answer.Rejected is not [var host] || host.Findings.Any(finding => finding.Code == "stale") ? answer
        : answer with
        {
            Rejected =
            [
                host with
                {
                    Findings =
                    [
                        new Finding(
                            "stale", Verdict.Unknown, "host", null, null, [], FitWords.StaleRepair, FindingCodes.Dimension("stale"), FitWords.Stale(why)),
                        .. host.Findings,
                    ],
                },
            ],
        };

    private PlacementAnswer Judged(string key, FitHost host, IReadOnlyList<GuestPins> others, PlacementHost rooms, PlacedCandidate candidate)
    {
        var cells = PlacedGuest.WithEmulator(candidate.Cells!, rooms, wish);
        var guest = PlacedGuest.Of(cells, wish);
        var report = FitCheck.Check(new FitQuestion(
            guest, host, Situation.Start, new FitContext(host.Topology!), others, wish.Limits,
            FitEvidence.None with { Stale = fleet.Stale(key, null) }, at));
        if (report.Verdict != Verdict.Fits)
        {
            return new PlacementAnswer(false, [], [new RejectedHost(host.Name, report.Findings)]);
        }

        _guests[host.Name] = guest;
        return new PlacementAnswer(true, [candidate with { Cells = cells, Exclusive = guest.Exclusive, Smt = guest.Smt }], []);
    }

    // A device that is not there, or whose cell nobody tells, is near no cell.
    private static CpuSet Near(HostTopology? topology, string device) => CpuSet.Of((topology?.Devices ?? [])
        .Where(one => one.Address == device || one.Names?.Contains(device.StartsWith("/dev/", StringComparison.Ordinal) ? device[5..] : device) == true)
        .Select(one => one.Cell).OfType<int>().Where(cell => cell >= 0).Distinct());
}
