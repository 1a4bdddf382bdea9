using System.Globalization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// How a guest is pinned anew through whoever manages it: the manager keeps its own idea of the guest and would undo what is done on the
/// hypervisor. Null = nobody manages it.
/// </summary>
internal static class ManagerWay
{
    /// <summary>In a few words, for a finding.</summary>
    public static string? Short(GuestPins guest) => guest.ManagedBy switch
    {
        null => null,
        "nova" => $"through Nova, which manages this guest: migrate or resize it, so that it is placed again (openstack server migrate {Name(guest)})",
        "ovirt" => "through oVirt, which manages this guest: edit its CPU pinning in the engine, or migrate it",
        "kubevirt" => "through KubeVirt, which manages this guest: migrate the VMI, so that the kubelet deals out CPUs anew",
        "opennebula" => "through OpenNebula, which manages this guest: migrate it, so that its scheduler pins it again",
        var other => $"through {Cleaned.Text(other)}, which manages this guest: move it or have it placed again",
    };

    /// <summary>In full, for a plan.</summary>
    public static string? Long(GuestPins before, GuestPins after) => before.ManagedBy switch
    {
        "nova" => $"through Nova: openstack server migrate --live-migration {Name(before)} (or cold, without the option) places it anew; which CPUs it gets is"
            + " Nova's choice within the flavor's hw:cpu_policy, hw:cpu_thread_policy and hw:numa_nodes, which openstack server resize changes",
        "ovirt" => $"through oVirt: Edit Virtual Machine, Resource Allocation, CPU Pinning topology {Pinning(after)}; it counts from the next start on",
        "kubevirt" => $"through KubeVirt: virtctl migrate {Name(before)}; with spec.domain.cpu.dedicatedCpuPlacement the kubelet's CPU manager deals out whole CPUs,"
            + " with cpu.numa.guestMappingPassthrough the guest sees their cells; single pins cannot be named",
        _ => Short(before),
    };

    // oVirt's own form: vCPU#CPUs, joined by underscores.
    private static string Pinning(GuestPins guest) => string.Join(
        '_', guest.Pins.Where(pin => pin.Cpus is not null).Select(pin => string.Create(CultureInfo.InvariantCulture, $"{pin.Vcpu}#{pin.Cpus}")));

    // Nova's name of a server on the hypervisor is an instance number; its UUID is the server's. A VMI goes by its name.
    private static string Name(GuestPins guest) =>
        Cleaned.Text(ShellWord.Of(guest.ManagedBy == "nova" ? guest.Uuid ?? guest.Guest : guest.Guest));
}
