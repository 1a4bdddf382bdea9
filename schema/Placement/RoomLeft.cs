using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// How large guests may still be on a host. The placer is asked again and again, halving what is not known: first for the most vCPUs with
/// the least memory, then for the most memory with them. A guest that is smaller than one that fits is taken to fit too. Memory goes
/// in steps of 2 MiB, or of a page, for each cell; vCPUs are split over cells as place does it, evenly but for one.
/// </summary>
public sealed class RoomLeft(FleetState fleet, FleetCheck check, FitLimits limits, DateTimeOffset at)
{
    private const long StepKiB = 2048;

    /// <summary>How many CPUs of the host a guest could have for itself, all cells together; null = nothing is known of them, or it is too old.</summary>
    public int? FreeCpus(string host)
    {
        var (ground, others) = check.Ground(host);
        return ground.Topology?.Cells is null || fleet.Stale(host, null) is not null ? null
            : HostRooms.Of(ground, others, GuestShape.OneCell.Wish(1, StepKiB, limits)).Cells
                .Aggregate(new CpuSetBuilder(), (all, cell) => all.AddAll(cell.DedicatedCpus!.Except(cell.UsedDedicatedCpus!))).Build().Count;
    }

    /// <summary>The largest guest of this shape on the host, by its key.</summary>
    public LargestGuest Largest(string host, GuestShape shape)
    {
        if (Place(host, shape, shape.Cells, 1) is { Fits: false } no)
        {
            var why = Why(no, shape);
            return no.Rejected is [{ IsUnknown: true }] ? new LargestGuest(shape, null, null, null, null, why) : new LargestGuest(shape, 0, 0, 0, CpuSet.Empty, why);
        }

        var cells = check.Ground(host).Host.Topology?.Cells ?? [];
        var cpus = cells.Max(cell => cell.OnlineCpus?.Count ?? cell.Cpus?.Count ?? 0);
        var steps = cells.Max(cell => cell.MemoryKiB ?? 0) / StepOf(shape);
        var vcpus = (int)Most(shape.Cells, (long)cpus * shape.Cells, count => Place(host, shape, (int)count, 1).Fits);
        var memory = Most(1, steps, count => Place(host, shape, vcpus, count).Fits);
        var alone = Most(1, steps, count => Place(host, shape, shape.Cells, count).Fits);
        var placed = Place(host, shape, vcpus, memory).Candidates[0];
        return new LargestGuest(
            shape, vcpus, memory * StepOf(shape) * shape.Cells, alone * StepOf(shape) * shape.Cells, CpuSet.Of(placed.Cells!.Select(cell => cell.HostCell)));
    }

    // One cell may lack this and another that: a single reason would be the wrong one.
    private static string? Why(PlacementAnswer answer, GuestShape shape) => answer.Rejected is [var host, ..]
        ? string.Join("; ", host.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => Words(finding, shape)))
        : null;

    // Nobody asked for a certain guest: it is the shape that a host has not the cells for, and the smallest guest of it that lacks something.
    private static string Words(Finding finding, GuestShape shape) =>
        finding is { Code: "vnuma-mismatch", Subject: "guest" } ? $"this host has only {finding.Observed} that guests can use"
        : shape.Cells == 1 && finding.Text.StartsWith(finding.Subject, StringComparison.Ordinal) ? $"the smallest{finding.Text[finding.Subject.Length..]}"
        : finding.Text;

    private static long StepOf(GuestShape shape) => Math.Max(StepKiB, shape.PageSizeKiB ?? 0);

    // The most that fits; the least is known to.
    private static long Most(long least, long most, Func<long, bool> fits)
    {
        var none = Math.Max(least, most) + 1;
        while (none - least > 1)
        {
            var half = least + ((none - least) / 2);
            (least, none) = fits(half) ? (half, none) : (least, half);
        }

        return least;
    }

    private PlacementAnswer Place(string host, GuestShape shape, int vcpus, long steps) =>
        new FleetPlacer(fleet, check, shape.Wish(vcpus, steps * StepOf(shape) * shape.Cells, limits), at).Place([host]);
}
