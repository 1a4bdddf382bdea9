using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>A guest of the demo: one CPU for each vCPU, memory bound strictly to one cell.</summary>
internal sealed record DemoGuest(string Name, string Uuid, IReadOnlyList<int> Cpus, int? Cell, int MemoryGiB)
{
    public bool Exclusive { get; init; } = true;

    public SmtPolicy? Smt { get; init; }

    public string? Device { get; init; }

    /// <summary>A guest with its CPUs in a row.</summary>
    public static DemoGuest InARow(string name, string uuid, int first, int count, int cell, int memoryGiB) =>
        new(name, uuid, [.. Enumerable.Range(first, count)], cell, memoryGiB);

    /// <summary>The pinning as somebody decided it.</summary>
    public GuestPins Decided() => Pins(PinLayer.Config, null) with { Exclusive = Exclusive, Smt = Smt };

    /// <summary>The guest as a hypervisor shows it running: its config and its live layer.</summary>
    public IEnumerable<GuestPins> Seen() => [Pins(PinLayer.Config, "running"), Pins(PinLayer.Live, "running")];

    private GuestPins Pins(PinLayer layer, string? state) => new(
        Name,
        Uuid,
        state,
        layer,
        Vcpus: new GuestVcpus(Cpus.Count, Cpus.Count),
        MemoryKiB: (long)MemoryGiB * 1_048_576,
        Placement: "static",
        Pins: Cell is null ? [] : [.. Cpus.Select((cpu, vcpu) => new VcpuPin(vcpu, CpuSet.Of(cpu)))],
        Memory: Cell is { } cell ? new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cell)) : null,
        CurrentMemoryKiB: (long)MemoryGiB * 1_048_576,
        Backing: new MemoryBacking(false, false),
        HostDevices: Device is null ? [] : [Device]);
}
