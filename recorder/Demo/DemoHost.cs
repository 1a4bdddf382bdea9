using NumaHistory.Recorder.Sampling;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>A demo machine while the week is replayed: what it is like now, and the block of samples that is open.</summary>
internal sealed class DemoHost(ulong seed)
{
    /// <summary>What a recorder of this host would call itself; the demo's facts come from nowhere else.</summary>
    public const string Source = "import";

    private static readonly SamplerOptions Grid = new() { Interval = TimeSpan.FromMinutes(10), Block = TimeSpan.FromHours(1) };

    private readonly DemoMemory _memory = new(seed);
    private readonly BlockBuilder _block = new(Grid);
    private DemoMachine _machine = DemoHosts.A;
    private HostTopology _topology = DemoHosts.A.Topology();
    private IReadOnlyList<DemoGuest> _guests = [];
    private DateTimeOffset _bootedAt;

    public static TimeSpan Interval => Grid.Interval;

    /// <summary>The machine changes; returns what a look at it sees.</summary>
    public Observation Becomes(DemoStep.Look look, DateTimeOffset at, DateTimeOffset begin)
    {
        (_machine, _topology, _guests) = (look.Machine, look.Machine.Topology(), look.Guests);
        _bootedAt = begin.AddDays(_machine.Boot == 1 ? -30 : 0) + (_machine.Boot == 1 ? TimeSpan.Zero : look.After);
        return Was(_machine, at) with
        {
            Memory = _memory.At(look.After, _topology, _guests),
            Guests = [.. _guests.SelectMany(guest => guest.Seen())],
            IsEveryGuest = true,
        };
    }

    /// <summary>A look at the machine alone as it was at a moment of the boot that it runs; nothing changes by it.</summary>
    public Observation Was(DemoMachine machine, DateTimeOffset at) => new(
        null,
        machine.Name,
        MachineId(machine.Name),
        null,
        at,
        Source,
        BootId,
        "x86_64",
        "kvm",
        new HostSettings("6.1.0-42-amd64", "quiet", machine.Bios, "0xd0003f5", 2, machine.Smt, true, true),
        machine.Topology(),
        null,
        [])
    {
        BootedAt = _bootedAt,
    };

    /// <summary>Takes a sample; returns the block that it completes, or null.</summary>
    public MemoryBlock? Sample(TimeSpan after, DateTimeOffset at) => Undeclared(_block.Add(
        new MemorySample(at, _memory.At(after, _topology, _guests).Cells),
        new BlockContext(BootId, _topology.Fingerprint, _topology.CapacityFingerprint)));

    /// <summary>Ends the open block; null when there is none.</summary>
    public MemoryBlock? Seal() => Undeclared(_block.Seal());

    private string BootId => $"{MachineId(_machine.Name)[..8]}-0000-4000-8000-{_machine.Boot:d12}";

    private static string MachineId(string name) => Fingerprint.Of(System.Text.Encoding.UTF8.GetBytes(name)).Hex[..32];

    // Nobody goes on sampling when the week is over: like an import the demo promises no next sample, so its end does not go stale.
    private static MemoryBlock? Undeclared(MemoryBlock? block) => block is null ? null : block with { Interval = null };
}
