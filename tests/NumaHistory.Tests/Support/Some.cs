using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Support;

/// <summary>Hand-made values for tests that need one and do not care which.</summary>
public static class Some
{
    /// <summary>A moment; tests count minutes from it.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A number of minutes after <see cref="Noon"/>.</summary>
    public static DateTimeOffset Minute(double minutes) => Noon.AddMinutes(minutes);

    /// <summary>A CPU list as people write it.</summary>
    public static CpuSet Cpus(string list) => CpuSet.Parse(list);

    /// <summary>Two cells of four CPUs, two threads a core.</summary>
    public static Machine TwoCells() => new(
    [
        new MachineCell(0, Cpus("0-3")),
        new MachineCell(1, Cpus("4-7"), Socket: 1),
    ])
    {
        Threads = 2,
    };

    /// <summary>The machine of the recorded captures dynamic-0 to dynamic-2, as it booted.</summary>
    public static Machine ThreeCells() => new(
    [
        new MachineCell(0, Cpus("0-1"), 984_956),
        new MachineCell(1, Cpus("2-3"), 965_608),
        new MachineCell(2, Cpus("4-7"), 1_027_516),
    ])
    {
        Threads = 2,
    };

    /// <summary>One look of a source at a host.</summary>
    public static Observation Look(
        HostTopology? topology, DateTimeOffset? at = null, string source = "sysfs", string host = "h1") => new(
            File: null,
            host,
            MachineId: null,
            ProductUuid: null,
            at ?? Noon,
            source,
            BootId: "boot-1",
            Architecture: "x86_64",
            Hypervisor: null,
            new HostSettings("6.1.0"),
            topology,
            Memory: null,
            Problems: []);
}
