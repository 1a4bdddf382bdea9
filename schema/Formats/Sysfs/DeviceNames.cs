namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Network interfaces and disks by the device that carries them, from the links in sys/class/net and sys/block. What
/// has no hardware (lo, bridges, loop, RAID) lies in no cell and is left out.
/// </summary>
internal sealed class DeviceNames
{
    private readonly Dictionary<string, SortedSet<string>> _pci = new(StringComparer.Ordinal);

    /// <summary>Names that hang on something else than PCI: class word, name, the device's own name.</summary>
    public List<(string Class, string Folder, string Name, string Address)> Others { get; } = [];

    /// <summary>Whether any of the class folders was there.</summary>
    public bool WasLookedAt { get; private set; }

    public static DeviceNames Read(SysReader reader)
    {
        var names = new DeviceNames();
        names.Add(reader, "network", "sys/class/net");
        if (!names.Add(reader, "disk", "sys/block"))
        {
            names.Add(reader, "disk", "sys/class/block");
        }

        return names;
    }

    public IReadOnlyList<string> Of(SysReader reader, string address)
    {
        var folder = $"sys/bus/pci/devices/{address}";
        var names = _pci.TryGetValue(address, out var known) ? known : new SortedSet<string>(StringComparer.Ordinal);
        names.UnionWith(reader.Folder($"{folder}/net") ?? []);
        names.UnionWith(reader.Folder($"{folder}/infiniband") ?? []);
        foreach (var controller in reader.Folder($"{folder}/nvme") ?? [])
        {
            // With multipath the namespace's own link does not lead to its controller.
            names.UnionWith((reader.Folder($"{folder}/nvme/{controller}") ?? []).Where(name =>
                name.StartsWith($"{controller}n", StringComparison.Ordinal)));
        }

        return [.. names];
    }

    private bool Add(SysReader reader, string word, string folder)
    {
        if (reader.Folder(folder) is not { } names)
        {
            return false;
        }

        WasLookedAt = true;
        foreach (var name in names)
        {
            var path = $"{folder}/{name}";
            var link = reader.LinkTarget(path) ?? reader.LinkTarget($"{path}/device") ?? "";
            if (PciAddress.LastIn(link) is { } address)
            {
                var carried = _pci.TryGetValue(address, out var known)
                    ? known
                    : _pci[address] = new(StringComparer.Ordinal);
                carried.Add(name);
            }
            else if (Carrier(link) is { } carrier)
            {
                Others.Add((word, path, name, carrier));
            }
        }

        return true;
    }

    // ../../devices/css0/0.0.0009/0.0.1000/net/enc1000: the device stands before the class folder.
    private static string? Carrier(string link)
    {
        var parts = link.Split('/');
        var devices = Array.IndexOf(parts, "devices");
        return devices >= 0 && parts.Length >= devices + 4 && parts[devices + 1] != "virtual" ? parts[^3] : null;
    }
}
