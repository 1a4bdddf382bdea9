using System.Text.Json.Serialization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// A guest and its whole pinning in one layer (CLI.md, GuestPins). Null = not known or not said; lists are never null. Memory in
/// KiB; <c>Cpus</c> is the set that every thread without a pin of its own inherits (libvirt: vcpu cpuset), null = all;
/// <c>Memory</c> null = nothing is tuned; <c>Placement</c> is <c>static</c> or <c>auto</c>; <c>State</c> and <c>ManagedBy</c> are the
/// hypervisor's and the manager's own words; <c>HostDevices</c> are addresses such as <c>0000:3b:00.0</c>. <c>Effective</c> is
/// looked up for running guests, in the live layer. <c>Reserved</c> are CPUs that a decision set aside for the guest beside those of its
/// threads: nobody else may have them. It, Effective and the reason of the state are left out where there is none, so that what was stored
/// without them keeps its fingerprint.
/// </summary>
public sealed record GuestPins(
    string Guest,
    string? Uuid = null,
    string? State = null,
    PinLayer Layer = PinLayer.Config,
    string? ManagedBy = null,
    bool? Exclusive = null,
    SmtPolicy? Smt = null,
    GuestVcpus? Vcpus = null,
    long? MemoryKiB = null,
    string? Placement = null,
    CpuSet? Cpus = null,
    IReadOnlyList<VcpuPin>? Pins = null,
    CpuSet? Emulator = null,
    IReadOnlyList<IothreadPin>? Iothreads = null,
    MemoryBinding? Memory = null,
    IReadOnlyList<GuestPages>? Pages = null,
    long? CurrentMemoryKiB = null,
    string? CpuModel = null,
    MemoryBacking? Backing = null,
    IReadOnlyList<string>? HostDevices = null,
    bool Confidential = false,
    IReadOnlyList<GuestCell>? GuestCells = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StateReason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EffectivePinning? Effective = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CpuSet? Reserved = null)
{
    /// <summary>Pins of single vCPUs, by rising vCPU.</summary>
    public IReadOnlyList<VcpuPin> Pins { get; init; } = Pins ?? [];

    /// <summary>The I/O threads, by rising id.</summary>
    public IReadOnlyList<IothreadPin> Iothreads { get; init; } = Iothreads ?? [];

    /// <summary>Page sizes asked for; empty = ordinary pages.</summary>
    public IReadOnlyList<GuestPages> Pages { get; init; } = Pages ?? [];

    /// <summary>Host devices handed to the guest.</summary>
    public IReadOnlyList<string> HostDevices { get; init; } = HostDevices ?? [];

    /// <summary>The guest's own NUMA cells, by rising id; empty = it sees none.</summary>
    public IReadOnlyList<GuestCell> GuestCells { get; init; } = GuestCells ?? [];

    /// <summary>The host CPUs a vCPU may run on: its own pin's, else those that all threads inherit; null = all.</summary>
    public CpuSet? CpusOf(int vcpu) => Pins.FirstOrDefault(pin => pin.Vcpu == vcpu)?.Cpus ?? Cpus;

    /// <summary>The host cells its memory is bound to: that of a guest cell by what it says itself, else by what holds for the whole; null = none.</summary>
    public CpuSet? BoundCells() => GuestCells.Count == 0 ? Memory?.Cells
        : GuestCells.Select(cell => cell.Cells ?? Memory?.Cells).OfType<CpuSet>().Aggregate((CpuSet?)null, (all, one) => all?.Union(one) ?? one);
}
