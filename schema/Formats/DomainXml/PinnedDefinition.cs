using System.Globalization;
using System.Text;
using System.Xml;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// A guest's own domain XML with another pinning in it: the pins of vCPUs, emulator and I/O threads, numatune, and of pages and guest cells what is other than
/// it says. All else stays to the letter: shares and quotas, the CPU's model, devices, metadata, comments.
/// </summary>
public static class PinnedDefinition
{
    // The order of libvirt, as far as something may be put in.
    private static readonly string[] Order =
    [
        "name", "uuid", "genid", "title", "description", "metadata", "maxMemory", "memory", "currentMemory", "memoryBacking", "blkiotune", "vcpu", "vcpus",
        "iothreads", "iothreadids", "defaultiothread", "cputune", "numatune", "resource", "sysinfo", "bootloader", "bootloader_args", "os", "idmap", "features", "cpu",
    ];

    /// <summary>
    /// The document, or of one with more than a definition that alone, with the pinning after in place of before, which was read from it; null = it has no definition, but
    /// pins alone.
    /// </summary>
    public static string? Of(ReadOnlyMemory<byte> document, GuestPins before, GuestPins after)
    {
        var text = Text(document);
        var roots = XmlSpan.Roots(text);
        if (roots.Select(Definition).FirstOrDefault(found => found is not null) is not { } domain)
        {
            return null;
        }

        var edit = new XmlEdit(text);
        // In the order of libvirt too, since several may be put in behind the same one.
        Identity(edit, domain, before, after);
        Pages(edit, domain, before, after);
        Vcpus(edit, domain, after);
        Children(edit, domain, "cputune", ["vcpupin", "emulatorpin", "iothreadpin"], Printed(output => TunePrinter.Cpus(output, after)));
        Children(edit, domain, "numatune", ["memory", "memnode"], Printed(output => TunePrinter.Memory(output, after)));
        if (before.GuestCells.Count == 0)
        {
            Children(edit, domain, "cpu", ["numa"], Printed(output => GuestCellPrinter.Write(output, after.GuestCells)));
        }

        Devices(edit, domain, text, after);

        // In the form of 2007.
        foreach (var old in domain.Children.Where(child => child.Name is "cpus" or "cell"))
        {
            edit.Remove(old);
        }

        return roots.Count == 1 && roots[0] == domain ? edit.Text(0, text.Length).TrimEnd() + "\n" : edit.Text(domain.Start, domain.End) + "\n";
    }

    private static void Identity(XmlEdit edit, XmlSpan domain, GuestPins before, GuestPins after)
    {
        if (domain.Child("name") is not { } name)
        {
            Put(edit, domain, "name", [$"<name>{Xml.XmlText.Of(after.Guest)}</name>"]);
        }
        else if (before.Guest != after.Guest)
        {
            edit.Fill(name, Xml.XmlText.Of(after.Guest));
        }

        if (domain.Child("memory") is null && after.MemoryKiB is { } size)
        {
            Put(edit, domain, "memory", [$"<memory unit='KiB'>{size}</memory>"]);
        }
    }

    private static void Vcpus(XmlEdit edit, XmlSpan domain, GuestPins after)
    {
        var vcpus = Printed(output => PinningPrinter.WriteVcpus(output, after));
        if (domain.Child("vcpu") is { } own)
        {
            edit.Replace(own, vcpus);
        }
        else
        {
            Put(edit, domain, "vcpu", vcpus);
        }
    }

    private static void Pages(XmlEdit edit, XmlSpan domain, GuestPins before, GuestPins after)
    {
        var isSaid = before.Pages.SequenceEqual(after.Pages) || (before.Pages is [{ GuestCells: null } said]
            && after.Pages is [var one] && one.SizeKiB == said.SizeKiB);
        if (!isSaid)
        {
            Children(edit, domain, "memoryBacking", ["hugepages"], Printed(output => BackingPrinter.Write(output, after with { Backing = null })));
        }
    }

    // Memory devices that are bound to host cells go where the guest cell goes that they belong to.
    private static void Devices(XmlEdit edit, XmlSpan domain, string text, GuestPins after)
    {
        foreach (var device in domain.Child("devices")?.Children.Where(child => child.Name == "memory") ?? [])
        {
            if (device.Child("source")?.Child("nodemask") is { } mask && Cells(device.Child("target")?.Child("node")) is { } cells)
            {
                edit.Fill(mask, cells.ToString());
            }
        }

        CpuSet? Cells(XmlSpan? node) =>
            node is not null && int.TryParse(text.AsSpan(node.InsideStart, node.InsideEnd - node.InsideStart).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && after.GuestCells.FirstOrDefault(cell => cell.Id == id)?.Cells is { } own ? own : after.Memory?.Cells;
    }

    // Of an element the children of some names, where the first of them was, else behind the others.
    private static void Children(XmlEdit edit, XmlSpan domain, string name, string[] children, string[] printed)
    {
        var old = domain.Children.Where(child => child.Name == name).SelectMany(element => element.Children).Where(child => children.Contains(child.Name)).ToList();
        foreach (var child in printed.Length == 0 ? old : old.Skip(1))
        {
            edit.Remove(child);
        }

        if (printed.Length == 0)
        {
            return;
        }

        string[] inner = [.. printed[1..^1].Select(line => line[2..])];
        if (domain.Child(name) is not { } element)
        {
            Put(edit, domain, name, printed);
        }
        else if (old.Count > 0)
        {
            edit.Replace(old[0], inner);
        }
        else if (element.IsEmptyTag)
        {
            edit.Open(element, inner);
        }
        else
        {
            edit.Last(element, inner);
        }
    }

    // Behind the last of the elements that libvirt writes before it.
    private static void Put(XmlEdit edit, XmlSpan domain, string name, string[] printed)
    {
        var before = Order.AsSpan(0, Array.IndexOf(Order, name)).ToArray();
        if (domain.Children.FindLast(child => before.Contains(child.Name)) is { } last)
        {
            edit.Behind(last, printed);
        }
        else
        {
            edit.First(domain, printed);
        }
    }

    // The elements of printers, which stand in a domain.
    private static string[] Printed(Action<TextWriter> print)
    {
        using var output = new StringWriter();
        print(output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[2..])];
    }

    private static XmlSpan? Definition(XmlSpan element) =>
        element.Name == "domain" && (element.Parent is null || DomainDocuments.Looks(element.Parent.Name) || element.Child("name") is not null) ? element
        : element.Name == "metadata" ? null
        : element.Children.Select(Definition).FirstOrDefault(found => found is not null);

    // Without the declaration, since what is printed is in UTF-8 whatever the document was in. Empty where the bytes do not say what they are.
    private static string Text(ReadOnlyMemory<byte> document)
    {
        using var reader = SafeXml.Open(document);
        var encoding = reader.Read() && reader.NodeType == XmlNodeType.XmlDeclaration ? reader.GetAttribute("encoding") : null;
        using var text = new StreamReader(new MemoryStream(document.ToArray()), encoding is null ? Encoding.UTF8 : Encoding.GetEncoding(encoding));
        var whole = text.ReadToEnd().TrimStart();
        return whole.Contains('\0', StringComparison.Ordinal) ? "" : whole.StartsWith("<?xml", StringComparison.Ordinal) ? whole[(whole.IndexOf("?>", StringComparison.Ordinal) + 2)..].TrimStart() : whole;
    }
}
