using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>One &lt;domain&gt; element as libvirt understands it, defaults filled in.</summary>
internal static class DomainReader
{
    public static DomainGuest Read(XElement domain, PinLayer layer, string? state, string? nameless)
    {
        var faults = new XmlFaults();
        var (vcpus, placement, cpus) = VcpuReader.Read(domain, faults);
        var pins = ThreadPins.Vcpus(domain, vcpus.Maximum, faults);
        var emulator = ThreadPins.Emulator(domain, faults);
        var iothreads = IothreadReader.Read(domain, faults);
        var bare = GuestCellReader.Read(domain, vcpus.Maximum, faults);
        var memory = NumatuneReader.Read(domain, placement == "static", faults);
        var cells = MemnodeReader.Read(domain, memory, bare, faults);
        var (size, current) = MemoryReader.Read(domain, cells, faults);
        // Memory that is placed by the host takes the vCPUs along where nothing says where they go.
        var isFree = cpus is null && pins.Count == 0 && emulator is null && iothreads.All(thread => thread.Cpus is null);
        var guest = new GuestPins(
            GuestIdentity.Name(domain, nameless, faults),
            GuestIdentity.Uuid(domain, faults),
            state,
            layer,
            ManagerReader.Read(domain),
            Vcpus: vcpus,
            MemoryKiB: size,
            Placement: memory is { Cells: null } && isFree ? "auto" : placement,
            Cpus: cpus,
            Pins: pins,
            Emulator: emulator,
            Iothreads: iothreads,
            Memory: memory,
            Pages: BackingReader.Pages(domain, cells, faults),
            CurrentMemoryKiB: current,
            CpuModel: CpuModel(domain.Element("cpu")),
            Backing: BackingReader.Backing(domain),
            HostDevices: HostDeviceReader.Read(domain),
            Confidential: domain.Element("launchSecurity")?.Attribute("type")?.Value is "sev" or "sev-snp" or "tdx" or "s390-pv",
            GuestCells: cells);
        return new DomainGuest(guest, faults.Problems);
    }

    private static string? CpuModel(XElement? cpu) =>
        cpu?.Element("model")?.Value.Trim() is { Length: > 0 } model ? model
        : cpu?.Attribute("mode")?.Value is { } mode and not "custom" ? mode
        : null;
}
