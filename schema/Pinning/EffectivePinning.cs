using System.Text.Json.Serialization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// What is in force for a running guest, whatever was declared: its online vCPUs and its I/O threads, by rising
/// number. Every vCPU that is online has an entry, also one that may run anywhere. Emulator is where the threads beside them may run,
/// Memory how much lies in which cell and MemoryCells the cells that hold a lasting share of it; these three are known only where the
/// guest's processes can be seen, and left out elsewhere.
/// </summary>
public sealed record EffectivePinning(
    IReadOnlyList<EffectivePin>? Pins = null,
    IReadOnlyList<IothreadPin>? Iothreads = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CpuSet? Emulator = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EffectiveMemory>? Memory = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CpuSet? MemoryCells = null)
{
    /// <summary>The vCPUs.</summary>
    public IReadOnlyList<EffectivePin> Pins { get; init; } = Pins ?? [];

    /// <summary>The I/O threads.</summary>
    public IReadOnlyList<IothreadPin> Iothreads { get; init; } = Iothreads ?? [];

    /// <summary>The same without what is true for an instant only: the CPUs that vCPUs happened to be on, and amounts of memory.</summary>
    public EffectivePinning Lasting() => this with { Memory = null, Pins = [.. Pins.Select(pin => pin with { Cpu = null })] };
}
