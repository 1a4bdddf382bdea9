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

    public static TimeSpan Interval => Grid.Interval;

    /// <summary>The machine changes; returns what a look at it sees.</summary>
    public Observation Becomes(DemoStep.Look look, DateTimeOffset at, DateTimeOffset begin)
    {
        (_machine, _topology, _guests) = (look.Machine, look.Machine.Topology(), look.Guests);
        return new Observation(
            null,
            _machine.Name,
            MachineId(_machine.Name),
            null,
            at,
            Source,
            BootId,
            "x86_64",
            "kvm",
            new HostSettings("6.1.0-42-amd64", "quiet", _machine.Bios, "0xd0003f5", 2, _machine.Smt, true, true),
            _topology,
            _memory.At(look.After, _topology, _guests),
            [])
        {
            BootedAt = begin.AddDays(_machine.Boot == 1 ? -30 : 0) + (_machine.Boot == 1 ? TimeSpan.Zero : look.After),
            Guests = [.. _guests.SelectMany(guest => guest.Seen())],
            IsEveryGuest = true,
        };
    }

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
