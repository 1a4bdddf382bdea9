using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Reads the devices that have a place: all of PCI, and network interfaces and disks that hang elsewhere.
/// </summary>
internal static class DeviceReader
{
    private const string Pci = "sys/bus/pci/devices";
    private const int MostClass = 0xffffff;

    /// <summary>The devices; null when the tree has no folder that could show any.</summary>
    public static IReadOnlyList<Device>? Read(SysReader reader)
    {
        var addresses = reader.Folder(Pci);
        var names = DeviceNames.Read(reader);
        if (addresses is null && !names.WasLookedAt)
        {
            return null;
        }

        var devices = (addresses ?? []).Where(address => PciAddress.Is(address))
            .Select(address => Device(reader, address, names)).ToList();
        foreach (var group in names.Others.GroupBy(other => (other.Address, other.Class)))
        {
            var folder = group.First().Folder;
            devices.Add(new Device(
                group.Key.Address,
                group.Key.Class,
                group.Select(other => other.Name).Order(StringComparer.Ordinal).ToList(),
                Driver(reader, $"{folder}/device"),
                Cell(reader, $"{folder}/device")));
        }

        return devices;
    }

    private static Device Device(SysReader reader, string address, DeviceNames names)
    {
        var folder = $"{Pci}/{address}";
        return new Device(
            address,
            Class(reader, $"{folder}/class") is { } code ? PciClass.Word(code) : "unknown",
            names.Of(reader, address),
            Driver(reader, folder),
            Cell(reader, folder));
    }

    private static long? Class(SysReader reader, string path)
    {
        if (reader.Text(path)?.Trim() is not { } text)
        {
            return null;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && code is >= 0 and <= MostClass)
        {
            return code;
        }

        reader.Problem(path, $"'{SysReader.Short(text)}' is not a PCI class", 1);
        return null;
    }

    private static string? Driver(SysReader reader, string folder) =>
        reader.LinkTarget($"{folder}/driver") is { } target ? target[(target.LastIndexOf('/') + 1)..] : null;

    // -1 is what the kernel says when it does not know; it is not cell 0.
    private static int? Cell(SysReader reader, string folder) =>
        reader.Number($"{folder}/numa_node", -1, CpuSet.MaxId) is { } cell and >= 0 ? (int)cell : null;
}
