using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Every reason why a guest does not fit on a host: for each guest cell that is left over, and those that want the same host cells, each
/// thing that is short, once, with all host cells where it is. The repairs for a guest cell are all of one host cell, the nearest that no other guest cell
/// has or is told to take, and together make it fit.
/// </summary>
internal sealed class Reasons
{
    private readonly Needs[] _needs;
    private readonly CellSupply[] _supplies;
    private readonly Lack[] _lacks;
    private readonly PlacementLimits? _limits;
    private readonly List<Finding> _findings = [];
    private readonly HashSet<int> _spokenFor = [];

    private Reasons(Needs[] needs, CellSupply[] supplies, Lack[] lacks, PlacementLimits? limits) =>
        (_needs, _supplies, _lacks, _limits) = (needs, supplies, lacks, limits);

    public static IReadOnlyList<Finding> Of(
        Needs[] needs, CellSupply[] supplies, Lack[] lacks, int[] places, PlacementLimits? limits, bool maySharedCells)
    {
        var reasons = new Reasons(needs, supplies, lacks, limits);
        reasons.Map(places, maySharedCells);
        reasons._spokenFor.UnionWith(places);
        for (var guest = 0; guest < needs.Length; guest++)
        {
            if (places[guest] < 0 || reasons.Candidates(guest) == 0)
            {
                reasons.Cell(guest);
            }
        }

        return reasons._findings;
    }

    private void Map(int[] places, bool maySharedCells)
    {
        if (_supplies.Length == 0)
        {
            Add("no-topology", "host", null, null, "nothing is known of the host's cells", "record the host's topology first", Verdict.Unknown);
            return;
        }

        if (_needs.Length > _supplies.Length && !maySharedCells)
        {
            Add(
                "vnuma-mismatch", "guest", $"{_needs.Length} guest cells", _supplies.Length == 1 ? "1 cell" : $"{_supplies.Length} cells",
                $"the guest has {_needs.Length} cells, the host {_supplies.Length}", "give the guest fewer cells, or let several share a host cell");
            return;
        }

        var left = Array.FindIndex(places, place => place < 0);
        if (left >= 0 && Candidates(left) > 0)
        {
            var wanted = CpuSet.Of(Enumerable.Range(0, _supplies.Length).Where(host => At(left, host) == Lack.None).Select(host => _supplies[host].Room.Id));
            Add(
                "vnuma-mismatch", Subject(left), FitWords.Cells(wanted), null,
                $"guest cell {_needs[left].Demand.Id} fits {FitWords.Cells(wanted)} only, which {(wanted.Count == 1 ? "another guest cell needs" : "other guest cells need")}"
                    + (maySharedCells ? " and cannot share" : ""),
                "make room in another cell, or let guest cells share a host cell");
        }
    }

    private void Cell(int guest)
    {
        if (_needs[guest].Demand.OnlyOn is { IsEmpty: true })
        {
            Add(
                "device-remote", Subject(guest), "the device's own cell", null, $"{Subject(guest)} needs the cell of the device, which is not known on this host",
                "name a device of this host whose cell is known", Verdict.Degraded);
            return;
        }

        var nearest = Nearest(guest);
        _spokenFor.Add(nearest);
        for (var lack = Lack.OwnCpus; lack <= Lack.Elsewhere; lack = (Lack)((int)lack << 1))
        {
            List<int> hosts = [];
            for (var host = 0; host < _supplies.Length; host++)
            {
                if ((At(guest, host) & lack) != 0)
                {
                    hosts.Add(host);
                }
            }

            if (hosts.Count > 0)
            {
                Add(guest, Shortage.Of(lack, _needs[guest], _limits), hosts, hosts.Contains(nearest) ? nearest : -1);
            }
        }
    }

    private void Add(int guest, Shortage shortage, List<int> hosts, int nearest)
    {
        const int listed = 8;
        var observed = string.Join(", ", hosts.Take(listed).Select(host => $"cell {_supplies[host].Room.Id}: {shortage.Observed(_supplies[host])}"));
        observed += hosts.Count > listed ? $" and {hosts.Count - listed} more" : "";
        Add(
            shortage.Code, Subject(guest), shortage.Needed, observed, $"{Subject(guest)} needs {shortage.Needed}; {shortage.What}: {observed}",
            nearest < 0 ? null : shortage.Repair(_supplies[nearest]), shortage.Verdict);
    }

    // The host cell where the fewest things are short, and of these the least; one that another guest cell takes, or that it may not go to, only where
    // there is no other.
    private int Nearest(int guest)
    {
        var (best, least) = (-1, double.MaxValue);
        for (var host = 0; host < _supplies.Length; host++)
        {
            var (needs, supply) = (_needs[guest], _supplies[host]);
            var missing = (double)Math.Max(0, needs.Cpus - supply.FreeCount) / Math.Max(1, needs.Cpus)
                + ((double)Math.Max(0, needs.Shared + supply.OwnShared - supply.SharedCount) / Math.Max(1, needs.Shared))
                + ((double)Math.Max(0, needs.MemoryKiB - supply.MemoryKiB + supply.UsedKiB) / Math.Max(1, needs.MemoryKiB))
                + ((At(guest, host) & Lack.Pages) != 0 ? CellFit.PagesMissing(needs, supply) : 0);
            var far = System.Numerics.BitOperations.PopCount((uint)At(guest, host)) + (missing / 4)
                + ((At(guest, host) & Lack.Elsewhere) != 0 ? 200 : 0) + (_spokenFor.Contains(host) ? 100 : 0);
            (best, least) = At(guest, host) != Lack.None && far < least ? (host, far) : (best, least);
        }

        return best;
    }

    private Lack At(int guest, int host) => _lacks[(guest * _supplies.Length) + host];

    private int Candidates(int guest) => _lacks.AsSpan(guest * _supplies.Length, _supplies.Length).Count(Lack.None);

    private string Subject(int guest) => FitWords.GuestCell(_needs[guest].Demand.Id);

    private void Add(string code, string subject, string? saved, string? observed, string text, string? repair, Verdict verdict = Verdict.Broken) =>
        _findings.Add(new Finding(code, verdict, subject, saved, observed, [], repair, PlacementCodes.Dimension(code), text));
}
