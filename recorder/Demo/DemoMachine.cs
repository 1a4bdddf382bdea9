using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>
/// A machine of the demo as it is plugged and switched, and what Linux shows of it: an offline CPU leaves its cell's list and
/// has no place of its own any more.
/// </summary>
internal sealed record DemoMachine(string Name, IReadOnlyList<DemoCell> Cells)
{
    private const int MemoryKiBPerGiB = 1_048_576;

    /// <summary>How far apart the CPU numbers of two threads of a core are; 0 = one thread per core.</summary>
    public int SiblingStep { get; init; }

    public CpuSet Offline { get; init; } = CpuSet.Empty;

    public IReadOnlyList<Device> Devices { get; init; } = [];

    public string Bios { get; init; } = "2.14";

    public string Smt { get; init; } = "on";

    /// <summary>Counts its boots; the boot id is made of it.</summary>
    public int Boot { get; init; } = 1;

    public CpuSet All => Cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus));

    public DemoMachine With(DemoCell cell) =>
        this with { Cells = [.. Cells.Where(other => other.Id != cell.Id).Append(cell).OrderBy(other => other.Id)] };

    public DemoMachine Without(int cell) => this with { Cells = [.. Cells.Where(other => other.Id != cell)] };

    public HostTopology Topology()
    {
        var online = All.Except(Offline);
        return HostTopology.Of(
            new CpuMasks(All, All, online, CpuSet.Empty, CpuSet.Empty, online),
            Cells.Select(cell => Shown(cell, online)),
            All.Members().Select(cpu => Shown(cpu, online)),
            Devices.Where(device => Cells.Any(cell => cell.Id == device.Cell)));
    }

    private Cell Shown(DemoCell cell, CpuSet online) => new(
        cell.Id,
        cell.Cpus.Intersect(online),
        cell.Cpus.Intersect(online),
        (long)cell.MemoryGiB * MemoryKiBPerGiB,
        Pages: [new PagePool(2048, 0), new PagePool(MemoryKiBPerGiB, 0)],
        Distances: [.. Cells.Select(other => new CellDistance(other.Id, Distance(cell, other)))],
        Access: [],
        Caches: []);

    private static int Distance(DemoCell from, DemoCell to) => from.Id == to.Id ? 10 : from.Socket == to.Socket ? 12 : 21;

    private CpuInfo Shown(int cpu, CpuSet online)
    {
        if (!online.Contains(cpu))
        {
            return new CpuInfo(cpu);
        }

        var cell = Cells.First(other => other.Cpus.Contains(cpu));
        var core = SiblingStep == 0 ? cpu : cpu % SiblingStep;
        var siblings = SiblingStep == 0 ? CpuSet.Of(cpu) : CpuSet.Of(core, core + SiblingStep);
        return new CpuInfo(
            cpu,
            cell.Socket,
            Die: 0,
            Core: core,
            Siblings: siblings.Intersect(online),
            L3: cell.Cpus.Intersect(online),
            Model: "Demo CPU 2.4 GHz",
            Stepping: 1,
            ApicId: cpu);
    }
}
