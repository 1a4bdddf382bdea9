using CsCheck;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Changes;

namespace NumaHistory.Tests.Support;

/// <summary>
/// Looks at one host over a few minutes: few names, boots, settings and topologies, so that they come back; two
/// sources; now and then two looks at one instant, and looks that failed.
/// </summary>
public static class GensLook
{
    private static readonly HostTopology?[] Topologies =
    [
        null,
        Some.TwoCells().Topology(),
        Some.TwoCells().With(new MachineCell(1, Some.Cpus("4-7"), 1024, Socket: 1)).Topology(),
        (Some.TwoCells() with { Offline = Some.Cpus("5") }).Topology(),
        Some.ThreeCells().Topology(),
    ];

    private static readonly Gen<Observation> Observation =
        from source in Gen.OneOf("sysfs", "libvirt")
        from minute in Gen.Int[0, 9]
        from name in Gen.Frequency((3, "a"), (1, "b"))
        from boot in Gen.OneOf("boot-1", "boot-2", null)
        from booted in Gen.OneOf(0.0, 0.01)
        from kernel in Gen.OneOf("6.1", "6.2")
        from topology in Gen.OneOf(Topologies)
        select Some.Look(topology, Some.Minute(minute), source, name) with
        {
            BootId = boot,
            BootedAt = boot is null ? null : Some.Minute(booted),
            HostSettings = new HostSettings(kernel),
        };

    private static readonly Gen<Look> Any =
        from seen in Observation
        from failed in Gen.Frequency((4, false), (1, true))
        select new Look(seen.Source, seen.ObservedAt, failed ? null : seen);

    /// <summary>Looks in the order in which they arrive.</summary>
    public static readonly Gen<Look[]> Looks = Any.Array[1, 12];
}
