using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>The three machines of the demo as the week begins.</summary>
internal static class DemoHosts
{
    /// <summary>Two sockets, four cells, two threads a core: CPU n and n + 16 share one.</summary>
    public static readonly DemoMachine A = new("demo-a",
    [
        new DemoCell(0, CpuSet.Parse("0-3,16-19"), 64, 0),
        new DemoCell(1, CpuSet.Parse("4-7,20-23"), 64, 0),
        new DemoCell(2, CpuSet.Parse("8-11,24-27"), 64, 1),
        new DemoCell(3, CpuSet.Parse("12-15,28-31"), 64, 1),
    ])
    {
        SiblingStep = 16,
        Devices = [new Device("0000:3b:00.0", "network", ["ens1f0"], "mlx5_core", 0)],
    };

    /// <summary>The same count of CPUs and cells, but dealt out one by one: CPU n lies in cell n mod 4.</summary>
    public static readonly DemoMachine B = new("demo-b",
    [
        new DemoCell(0, CpuSet.Parse("0,4,8,12,16,20,24,28"), 64, 0),
        new DemoCell(1, CpuSet.Parse("1,5,9,13,17,21,25,29"), 64, 0),
        new DemoCell(2, CpuSet.Parse("2,6,10,14,18,22,26,30"), 64, 1),
        new DemoCell(3, CpuSet.Parse("3,7,11,15,19,23,27,31"), 64, 1),
    ])
    {
        SiblingStep = 16,
    };

    /// <summary>One thread a core; the cells 1 and 2 differ in memory, so that it shows when they change places.</summary>
    public static readonly DemoMachine C = new("demo-c",
    [
        new DemoCell(0, CpuSet.Parse("0-7"), 96, 0),
        new DemoCell(1, CpuSet.Parse("8-15"), 64, 0),
        new DemoCell(2, CpuSet.Parse("16-23"), 96, 1),
        new DemoCell(3, CpuSet.Parse("24-31"), 96, 1),
    ])
    {
        Smt = "notsupported",
        Devices = [new Device("0000:e1:00.0", "display", [], "vfio-pci", 3)],
    };
}
