using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Support;

/// <summary>
/// Hardware as it is plugged and switched, and what Linux would show of it: an offline CPU leaves its cell's CPUs, its
/// siblings and its L3, and has no place of its own.
/// </summary>
public sealed record Machine(IReadOnlyList<MachineCell> Cells)
{
    public int Threads { get; init; } = 1;

    public CpuSet Offline { get; init; } = CpuSet.Empty;

    public CpuSet Isolated { get; init; } = CpuSet.Empty;

    public bool AllowsOnlineOnly { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<Device>? Devices { get; init; } = [];

    public CpuSet All => Cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus));

    public HostTopology Topology()
    {
        var online = All.Except(Offline);
        return HostTopology.Of(
            new CpuMasks(All, All, online, Isolated, null, AllowsOnlineOnly ? online : All),
            Cells.Select(cell => Shown(cell, online)),
            All.Members().Select(cpu => Shown(cpu, online)),
            Devices);
    }

    public Machine With(MachineCell cell) => this with { Cells = [.. Cells.Where(other => other.Id != cell.Id), cell] };

    public Machine Without(int cell) => this with { Cells = [.. Cells.Where(other => other.Id != cell)] };

    /// <summary>The cells under other ids, at the same places.</summary>
    public Machine Renumbered(Func<int, int> to) =>
        this with { Cells = [.. Cells.Select(cell => cell with { Id = to(cell.Id) })] };

    private Cell Shown(MachineCell cell, CpuSet online) => new(
        cell.Id,
        cell.Cpus.Intersect(online),
        cell.Cpus.Intersect(online),
        cell.MemoryKiB,
        Pages: [new PagePool(2048, cell.HugePages), new PagePool(1_048_576, 0)],
        Distances: [.. Cells.OrderBy(other => other.Id).Select(other => Distance(cell, other))],
        Access: [],
        Caches: []);

    private CpuInfo Shown(int cpu, CpuSet online)
    {
        if (!online.Contains(cpu))
        {
            return new CpuInfo(cpu);
        }

        var cell = Cells.First(other => other.Cpus.Contains(cpu));
        var core = cell.Cpus.Members().ToList().IndexOf(cpu) / Threads;
        var siblings = cell.Cpus.Members().Skip(core * Threads).Take(Threads);
        return new CpuInfo(
            cpu,
            cell.Socket,
            Die: 0,
            Core: core,
            Siblings: CpuSet.Of(siblings).Intersect(online),
            L3: cell.Cpus.Intersect(online),
            Model: Model);
    }

    private static CellDistance Distance(MachineCell from, MachineCell to) =>
        new(to.Id, 10 + (11 * Math.Abs(from.Place - to.Place)));
}
