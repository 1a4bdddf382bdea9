using System.Runtime.CompilerServices;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>What follows from a guest's pins alone: who may run where, and whose CPUs are its own. Made once per pinning.</summary>
internal sealed class GuestIndex
{
    private static readonly ConditionalWeakTable<GuestPins, GuestIndex> Made = [];
    private static readonly ConditionalWeakTable<IReadOnlyList<GuestPins>, GuestIndex[]> MadeOfMany = [];

    private GuestIndex(GuestPins guest)
    {
        Guest = guest;
        Current = guest.Vcpus?.Current ?? int.MaxValue;
        Active = [.. guest.Pins.Where(pin => pin.Cpus is not null && pin.Vcpu < Current)];
        Inactive = [.. guest.Pins.Where(pin => pin.Cpus is not null && pin.Vcpu >= Current)];
        var pinned = Union(guest.Pins.Select(pin => pin.Cpus));
        Vcpus = Union(Active.Select(pin => pin.Cpus));
        // The set that all threads inherit counts where a vCPU has no pin of its own.
        Inherits = guest.Cpus is not null && (guest.Vcpus is null ? Active.Length == 0 : Active.Length < guest.Vcpus.Current);
        Everything = Union([pinned, Inherits ? guest.Cpus : null, guest.Emulator, guest.Reserved, .. guest.Iothreads.Select(thread => thread.Cpus)]);
        Dedicated = (guest.Exclusive == true ? pinned.Union(Inherits ? guest.Cpus! : CpuSet.Empty) : CpuSet.Empty).Union(guest.Reserved ?? CpuSet.Empty);
        SoftlyUnreachable = [.. guest.Pins.Where(pin => pin is { Cpus: { } hard, Preferred: { } soft } && !hard.Overlaps(soft))];
        Parts = [.. GuestPart.Of(this)];
        Claims = [.. MemoryClaim.Of(this)];
    }

    public GuestPins Guest { get; }

    public int Current { get; }

    /// <summary>Pins of vCPUs that are online.</summary>
    public VcpuPin[] Active { get; }

    /// <summary>Pins of vCPUs that may come later.</summary>
    public VcpuPin[] Inactive { get; }

    /// <summary>Whether some vCPU runs on the set that all threads inherit.</summary>
    public bool Inherits { get; }

    /// <summary>The CPUs of all active pins.</summary>
    public CpuSet Vcpus { get; }

    /// <summary>Every CPU that any thread of the guest is pinned to, or that is set aside for it.</summary>
    public CpuSet Everything { get; }

    /// <summary>The CPUs that nobody else may have.</summary>
    public CpuSet Dedicated { get; }

    /// <summary>Pins that prefer CPUs of which they may run on none.</summary>
    public VcpuPin[] SoftlyUnreachable { get; }

    /// <summary>The parts of the guest that are meant to be local.</summary>
    public GuestPart[] Parts { get; }

    /// <summary>How its memory is bound, added up by host cells.</summary>
    public MemoryClaim[] Claims { get; }

    /// <summary>Whether the guest is tied to any CPU at all.</summary>
    public bool IsPinned => !Everything.IsEmpty;

    /// <summary>
    /// The CPUs that the guest wants for itself on a host; where it wants its cores alone all their threads are among them, those of its own vCPUs
    /// too.
    /// </summary>
    public CpuSet Alone(TopologyIndex? host)
    {
        var alone = Dedicated;
        if (Guest.Smt == SmtPolicy.Isolate && host is not null)
        {
            foreach (var cpu in Vcpus.Members())
            {
                alone = alone.Union(host.Info(cpu)?.Siblings ?? CpuSet.Empty);
            }
        }

        return alone;
    }

    public static GuestIndex Of(GuestPins guest) => Made.GetValue(guest, made => new GuestIndex(made));

    /// <summary>The same of a list, made once per list: all guests of a host ask about the same others.</summary>
    public static GuestIndex[] Of(IReadOnlyList<GuestPins> guests) =>
        guests.Count == 0 ? [] : MadeOfMany.GetValue(guests, made => [.. made.Select(Of)]);

    /// <summary>Whether both are the same guest.</summary>
    public static bool Same(GuestPins left, GuestPins right) =>
        ReferenceEquals(left, right) || (left.Uuid is not null && right.Uuid is not null
            ? string.Equals(left.Uuid, right.Uuid, StringComparison.OrdinalIgnoreCase)
            : left.Guest == right.Guest);

    private static CpuSet Union(IEnumerable<CpuSet?> sets)
    {
        var union = new CpuSetBuilder();
        foreach (var set in sets)
        {
            union.AddAll(set ?? CpuSet.Empty);
        }

        return union.Build();
    }
}
