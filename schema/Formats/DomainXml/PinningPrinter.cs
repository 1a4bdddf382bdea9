using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The pinning of a guest as the elements of its domain XML, in libvirt's order, with libvirt's spelling: who it is, memory, page
/// sizes, vCPUs, I/O threads, cputune, numatune and the guest's cells. What <see cref="DomainDocuments"/> reads of it is the same
/// pinning. Type, firmware and devices are not known here and left out, so that nobody can define a guest from it and lose them;
/// a CPU model stays what it is. Empty sets and Xen's soft affinities have no form in domain XML and are left out too.
/// </summary>
public static class PinningPrinter
{
    /// <summary>Writes one <c>&lt;domain&gt;</c>, ended by a line feed.</summary>
    public static void Write(TextWriter output, GuestPins guest)
    {
        output.Write("<domain>\n");
        output.Write($"  <name>{XmlText.Of(guest.Guest)}</name>\n");
        if (guest.Uuid is { } uuid)
        {
            output.Write($"  <uuid>{XmlText.Of(uuid)}</uuid>\n");
        }

        WriteSize(output, "memory", guest.MemoryKiB);
        WriteSize(output, "currentMemory", guest.CurrentMemoryKiB);
        BackingPrinter.Write(output, guest);
        WriteVcpus(output, guest);
        TunePrinter.Iothreads(output, guest.Iothreads);
        TunePrinter.Cpus(output, guest);
        TunePrinter.Memory(output, guest);
        GuestCellPrinter.Write(output, guest.GuestCells);
        output.Write("</domain>\n");
    }

    private static void WriteSize(TextWriter output, string name, long? kib)
    {
        if (kib is { } size)
        {
            output.Write($"  <{name} unit='KiB'>{size}</{name}>\n");
        }
    }

    internal static void WriteVcpus(TextWriter output, GuestPins guest)
    {
        var count = guest.Vcpus ?? Counted(guest);
        var isAuto = guest.Placement == "auto";
        var list = guest.Cpus is { IsEmpty: false } cpus && !isAuto ? $" cpuset='{cpus}'" : "";
        var current = count.Current < count.Maximum ? $" current='{count.Current}'" : "";
        output.Write($"  <vcpu placement='{(isAuto ? "auto" : "static")}'{list}{current}>{count.Maximum}</vcpu>\n");
    }

    // Where nobody counts the vCPUs there are as many as are spoken of.
    private static GuestVcpus Counted(GuestPins guest)
    {
        var last = guest.Pins.Select(pin => pin.Vcpu)
            .Concat(guest.GuestCells.Select(cell => (cell.Vcpus ?? CpuSet.Empty).Last))
            .DefaultIfEmpty(0)
            .Max();
        return new GuestVcpus(Math.Max(last, 0) + 1, Math.Max(last, 0) + 1);
    }
}
