using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>A guest that fits and the machine it fits on; tests change one thing of either.</summary>
internal static class Questions
{
    public const long GiB = 1_048_576;

    /// <summary>Four cells of four CPUs and 8 GiB, two threads a core, two sockets; a device in cell 1.</summary>
    public static Machine Machine() => new(
    [
        new MachineCell(0, Some.Cpus("0-3"), 8 * GiB),
        new MachineCell(1, Some.Cpus("4-7"), 8 * GiB),
        new MachineCell(2, Some.Cpus("8-11"), 8 * GiB, Socket: 1),
        new MachineCell(3, Some.Cpus("12-15"), 8 * GiB, Socket: 1),
    ])
    {
        Threads = 2,
        Model = "A",
        Devices = [new Device("0000:3b:00.0", "network", ["eth0"], null, 1), new Device("0000:5e:00.0", "network", ["eth1"], null, null)],
    };

    /// <summary>Two vCPUs on CPUs 4 and 5, 4 GiB strictly in cell 1.</summary>
    public static GuestPins Guest() => new(
        "web02",
        "5d0c3f8e-0000-4000-8000-000000000001",
        Vcpus: new GuestVcpus(2, 2),
        MemoryKiB: 4 * GiB,
        Placement: "static",
        Pins: [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("5"))],
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("1")),
        Backing: new MemoryBacking(false, false));

    public static FitQuestion Ask(GuestPins? guest = null, HostTopology? host = null) => new(
        guest ?? Guest(),
        new FitHost("h1", host ?? Machine().Topology(), Free(host ?? Machine().Topology())),
        Situation.Start,
        new FitContext(Machine().Topology()));

    /// <summary>Everything free but half a GiB that is file cache.</summary>
    public static ObservedMemory Free(HostTopology topology) => new(
    [
        .. (topology.Cells ?? []).Select(cell => new CellMemory(
            cell.Id, cell.MemoryKiB, cell.MemoryKiB - (GiB / 2), GiB / 2, [.. cell.Pages!.Select(pool => new FreePages(pool.SizeKiB, pool.Total))])),
    ]);

    public static HostTopology Cell(HostTopology topology, int id, Func<Cell, Cell> change) => HostTopology.Of(
        topology.Cpus, topology.Cells!.Select(cell => cell.Id == id ? change(cell) : cell), topology.CpuInfo, topology.Devices);

    public static HostTopology Cpu(HostTopology topology, int id, Func<CpuInfo, CpuInfo> change) => HostTopology.Of(
        topology.Cpus, topology.Cells, topology.CpuInfo!.Select(cpu => cpu.Id == id ? change(cpu) : cpu), topology.Devices);

    public static HostTopology Masks(HostTopology topology, Func<CpuMasks, CpuMasks> change) =>
        HostTopology.Of(change(topology.Cpus), topology.Cells, topology.CpuInfo, topology.Devices);
}
