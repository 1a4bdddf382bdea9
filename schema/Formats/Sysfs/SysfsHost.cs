using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Reads a Linux host out of any tree that holds its sys/ and, for what only it tells, its proc/ and etc/.
/// </summary>
public static class SysfsHost
{
    /// <summary>
    /// Reads everything in one look. Files that cannot be used become problems; nothing is thrown for them.
    /// </summary>
    public static SysfsReading Read(ITree tree, bool withFingerprints = true)
    {
        var reader = new SysReader(tree);
        var cpuinfo = reader.Text("proc/cpuinfo") is { } text ? CpuInfoText.Parse(text) : null;
        var folders = reader.Numbers(SysReader.Cpus, "cpu");
        var masks = MaskReader.Read(reader, folders);
        var cells = new CellReader(reader, masks).Read();
        var settings = SettingsReader.Read(reader, cpuinfo);
        var hypervisor = HypervisorReader.Read(reader, cpuinfo);
        var cpus = new CpuReader(reader, masks, cpuinfo).Read(folders);
        var devices = DeviceReader.Read(reader);
        var topology = withFingerprints
            ? HostTopology.Of(masks, cells.Select(cell => cell.Cell), cpus, devices)
            : HostTopology.Unsigned(masks, cells.Select(cell => cell.Cell), cpus, devices);
        return new SysfsReading(
            IdentityReader.HostName(reader),
            IdentityReader.MachineId(reader),
            IdentityReader.ProductUuid(reader),
            IdentityReader.BootId(reader),
            IdentityReader.BootedAt(reader),
            IdentityReader.Architecture(reader, cpuinfo, settings.Kernel),
            hypervisor,
            settings,
            topology,
            new ObservedMemory(cells.Select(cell => cell.Memory).ToList()),
            reader.Problems,
            reader.Raw,
            HypervisorReader.Refusal(reader, hypervisor)
                ?? Nothing(topology, reader.Numbers(SysReader.Nodes, "node") is { Count: > 0 }));
    }

    private static string? Nothing(HostTopology topology, bool hasCells) =>
        !hasCells
        && topology.CpuInfo is null or { Count: 0 }
        && topology.Cpus.Online is null
        && topology.Cells is [{ MemoryKiB: null }]
            ? "holds no CPUs and no memory of a Linux machine"
            : null;
}
