using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Support;

/// <summary>A cell of a <see cref="Machine"/>: the CPUs soldered to it, whether they are online or not.</summary>
public sealed record MachineCell(int Id, CpuSet Cpus, long? MemoryKiB = 4_194_304, long HugePages = 0, int Socket = 0)
{
    /// <summary>Where the cell really is; distances go by it, so that ids can change and distances stay.</summary>
    public int Place { get; init; } = Id;
}
