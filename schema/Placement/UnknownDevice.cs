using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>A device that a guest is to be near, where nobody can tell which cell that is: no certain no.</summary>
internal static class UnknownDevice
{
    /// <summary>The host is rejected as one that may fit or not; null = it is known where the device is, or that the host has none of that name.</summary>
    public static RejectedHost? Of(FitHost host, GuestWish wish)
    {
        if (wish.Near is not { } named || host.Topology is not { } topology)
        {
            return null;
        }

        return topology.Devices is null ? Rejected(host, named, $"nothing tells whether device {named} is there, or where")
            : Named(topology, [named]).ToList() is { Count: > 0 } found && found.TrueForAll(device => device.Cell is null or < 0)
                ? Rejected(host, named, $"the firmware does not say in which cell device {named} is, so nobody can tell whether it is near the guest")
                : null;
    }

    /// <summary>The devices of an address or a name, such as eth0 or /dev/sdb; of PCI devices as lspci (3b:00.0) and libvirt (pci_0000_3b_00_0) say them too.</summary>
    public static IEnumerable<Device> Named(HostTopology? topology, IReadOnlyList<string> names) => (topology?.Devices ?? [])
        .Where(one => names.Any(device => string.Equals(one.Address, Address(device), StringComparison.OrdinalIgnoreCase)
            || one.Names?.Contains(device.StartsWith("/dev/", StringComparison.Ordinal) ? device[5..] : device) == true));

    private static string Address(string device) =>
        device.Split('_') is ["pci", var domain, var bus, var slot, var function] ? $"{domain}:{bus}:{slot}.{function}"
        : device.Split(':') is [{ Length: 2 }, { Length: 4 }] ? $"0000:{device}"
        : device;

    private static RejectedHost Rejected(FitHost host, string device, string why) => new(host.Name,
    [
        new Finding("device-no-cell", Verdict.Unknown, $"device {device}", device, null, [], null, FindingCodes.Dimension("device-no-cell"), why),
    ]);
}
