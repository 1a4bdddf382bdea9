using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// What a host would be like: without cells (their CPUs, memory and devices are gone too), without CPUs, with SMT off (the first thread of every
/// core stays online), with other totals of memory, KiB by cell.
/// </summary>
public sealed record HostEdits(CpuSet WithoutCells, CpuSet WithoutCpus, bool SmtOff, IReadOnlyDictionary<int, long> MemoryKiB)
{
    /// <summary>Nothing is changed.</summary>
    public static HostEdits None { get; } = new(CpuSet.Empty, CpuSet.Empty, false, new Dictionary<int, long>());

    /// <summary>Whether nothing is changed.</summary>
    public bool IsNone => WithoutCells.IsEmpty && WithoutCpus.IsEmpty && !SmtOff && MemoryKiB.Count == 0;

    /// <summary>The host as it would be; one of which no topology is known stays as it is.</summary>
    public FitHost Of(FitHost host) => IsNone || host.Topology is not { } topology ? host : host with
    {
        Topology = Of(topology),
        Memory = host.Memory is { } memory ? Of(memory) : null,
        Settings = SmtOff && host.Settings is { } settings ? settings with { Smt = "off" } : host.Settings,
    };

    /// <summary>The memory of such a host as it would be.</summary>
    public ObservedMemory Of(ObservedMemory memory) =>
        IsNone ? memory : memory with { Cells = [.. memory.Cells.Where(cell => !WithoutCells.Contains(cell.Id)).Select(Of)] };

    /// <summary>The cells and CPUs that these edits name and a host does not have.</summary>
    public (CpuSet Cells, CpuSet Cpus) Missing(HostTopology topology)
    {
        var cells = CpuSet.Of((topology.Cells ?? []).Select(cell => cell.Id));
        var cpus = topology.Cpus.Present ?? topology.Cpus.Possible ?? Cpus(topology.Cells);
        return (WithoutCells.Union(CpuSet.Of(MemoryKiB.Keys)).Except(cells), WithoutCpus.Except(cpus));
    }

    private HostTopology Of(HostTopology topology)
    {
        var gone = WithoutCpus.Union(Cpus(topology.Cells?.Where(cell => WithoutCells.Contains(cell.Id))));
        var left = topology.CpuInfo?.Where(cpu => !gone.Contains(cpu.Id)).ToList();
        var off = SmtOff ? Second(left, gone) : CpuSet.Empty;
        var down = gone.Union(off);
        return HostTopology.Of(
            topology.Cpus with
            {
                Possible = topology.Cpus.Possible?.Except(gone),
                Present = topology.Cpus.Present?.Except(gone),
                Online = topology.Cpus.Online?.Except(down),
                Isolated = topology.Cpus.Isolated?.Except(gone),
                NohzFull = topology.Cpus.NohzFull?.Except(gone),
                Allowed = topology.Cpus.Allowed?.Except(gone),
            },
            topology.Cells?.Where(cell => !WithoutCells.Contains(cell.Id)).Select(cell => Of(cell, gone, down)),
            left?.Select(cpu => off.Contains(cpu.Id)
                ? new CpuInfo(cpu.Id)
                : cpu with { Siblings = cpu.Siblings?.Except(down), L3 = cpu.L3?.Except(down) }),
            topology.Devices?.Where(device => device.Cell is not { } cell || !WithoutCells.Contains(cell)));
    }

    // A CPU that is offline leaves its cell's list under Linux; what is left of the machine is told as Linux would.
    private Cell Of(Cell cell, CpuSet gone, CpuSet down) => cell with
    {
        Cpus = cell.Cpus?.Except(SmtOff ? down : gone),
        OnlineCpus = cell.OnlineCpus?.Except(down),
        MemoryKiB = MemoryKiB.TryGetValue(cell.Id, out var total) ? total : cell.MemoryKiB,
        Distances = cell.Distances?.Where(to => !WithoutCells.Contains(to.Cell)).ToList(),
    };

    private CellMemory Of(CellMemory cell)
    {
        if (!MemoryKiB.TryGetValue(cell.Id, out var total))
        {
            return cell;
        }

        var free = cell.FreeKiB is { } was && cell.TotalKiB is { } before ? Math.Clamp(was + total - before, 0, total) : cell.FreeKiB;
        return cell with { TotalKiB = total, FreeKiB = free, ReclaimableKiB = cell.ReclaimableKiB is { } reclaimable ? Math.Min(reclaimable, total) : null };
    }

    private static CpuSet Second(IEnumerable<CpuInfo>? cpus, CpuSet gone) => CpuSet.Of(
        (cpus ?? []).Where(cpu => cpu.Siblings?.Except(gone) is { IsEmpty: false } siblings && siblings.First != cpu.Id).Select(cpu => cpu.Id));

    private static CpuSet Cpus(IEnumerable<Cell>? cells) =>
        (cells ?? []).Select(cell => cell.Cpus).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, one) => all.Union(one));
}
