using NumaHistory.Schema.Fit;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>Every guest on every host: who can go where.</summary>
public static class FleetMatrix
{
    // Rows are judged side by side; each worker keeps what it derives from hosts and guests to itself.
    private const int RowsAtOnce = 16;

    /// <summary>The rows in the order of the guests; a guest of whose pins nothing is known has none.</summary>
    public static IReadOnlyList<MatrixRow> Of(FleetState fleet, IReadOnlyList<GuestState> guests, IReadOnlyList<string> hosts, DateTimeOffset at)
    {
        var shared = fleet.On is null ? fleet with { On = fleet.ByHost().Get } : fleet;
        shared = shared with { Topology = Made(fleet, hosts) };
        var rows = new MatrixRow?[guests.Count];
        Parallel.ForEach(
            Enumerable.Range(0, (guests.Count + RowsAtOnce - 1) / RowsAtOnce),
            () => new FleetCheck(shared),
            (chunk, _, check) =>
            {
                for (var row = chunk * RowsAtOnce; row < Math.Min(guests.Count, (chunk + 1) * RowsAtOnce); row++)
                {
                    rows[row] = Row(check, guests[row], hosts, at);
                }

                return check;
            },
            _ => { });
        return [.. rows.OfType<MatrixRow>()];
    }

    // Workers share what is derived from a topology, so all are made before they begin.
    private static Func<HostState, HostTopology?> Made(FleetState fleet, IEnumerable<string> hosts)
    {
        var known = new KnownTopologies();
        var made = hosts.Select(fleet.Hosts.GetValueOrDefault).OfType<HostState>().DistinctBy(host => host.Key).ToDictionary(host => host.Key, known.Of);
        return host => made.GetValueOrDefault(host.Key);
    }

    private static MatrixRow? Row(FleetCheck check, GuestState guest, IReadOnlyList<string> hosts, DateTimeOffset at)
    {
        var cells = new List<MatrixCell>(hosts.Count);
        FitReport? nearest = null;
        foreach (var host in hosts)
        {
            if (check.Judge(guest, at, host, null) is not [var report, ..])
            {
                continue;
            }

            cells.Add(new MatrixCell(host, report.Situation, report.Verdict, Codes(report)));
            if (report.Verdict != Verdict.Fits && (nearest is null || Weight(report) is var weight && weight.CompareTo(Weight(nearest)) < 0))
            {
                nearest = report;
            }
        }

        return cells.Count == 0 ? null : new MatrixRow(guest, cells, nearest);
    }

    private static IReadOnlyList<string> Codes(FitReport report) => report.Findings is []
        ? []
        : [.. report.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct()];

    private static (Verdict, int) Weight(FitReport report) => (report.Verdict, report.Findings.Count(finding => finding.Verdict != Verdict.Info));

    private static IEnumerable<GuestState> Get(this ILookup<string, GuestState> guests, string host) => guests[host];
}
