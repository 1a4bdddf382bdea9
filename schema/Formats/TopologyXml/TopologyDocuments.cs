using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// libvirt's capabilities XML, its &lt;topology&gt; alone, and the &lt;topology&gt; of 2007 with cells inside cells.
/// </summary>
public static class TopologyDocuments
{
    /// <summary>Whether a document looks like one of these: the name of its first element says so.</summary>
    public static bool Looks(string rootName) => rootName is "capabilities" or "topology" or "cells" or "host";

    /// <summary>Reads the one topology of a document.</summary>
    public static TopologyReading Parse(ReadOnlyMemory<byte> bytes)
    {
        var roots = SafeXml.Read(bytes, out var fault, IsOfUse);
        if (fault is not null)
        {
            return Refuse(HwlocDocuments.IsOne(bytes.Span) ? fault with { What = HwlocDocuments.Refusal } : fault);
        }

        if (roots.Count > 1)
        {
            return Refuse(XmlFaults.Problem(roots[1], "begins a second document; a host has one topology"));
        }

        // The <topology> of the host's <cpu> counts sockets and cores; it is not meant.
        var host = roots[0].Name.LocalName == "capabilities" ? roots[0].Element("host") : roots[0];
        var outer = host?.Name.LocalName == "cells" ? host
            : (host?.Name.LocalName == "topology" ? host : host?.Element("topology"))?.Element("cells");
        return host is null || outer is null
            ? Refuse(XmlFaults.Problem(
                roots[0],
                roots[0].Element("object") is null ? "holds no <topology> with <cells>" : HwlocDocuments.Refusal))
            : Read(roots[0], host, outer);
    }

    private static TopologyReading Read(XElement root, XElement host, XElement outer)
    {
        var faults = new XmlFaults();
        var isCapabilities = root.Name.LocalName == "capabilities";
        var cells = new CellElements(isCapabilities, faults);
        if (cells.Read(outer) is { } why)
        {
            return Refuse(why);
        }

        var caches = CacheBanks.Read(host, faults);
        var cpus = caches.Given(cells.Cpus);
        var offline = isCapabilities ? OfflineCpus.In(cells.Cells, cpus, caches.Cpus) : CpuSet.Empty;
        if (!offline.IsEmpty)
        {
            faults.Add(outer, $"lists CPUs {offline} as libvirt lists offline ones: where they are is not known");
        }

        var topology = HostTopology.Of(
            new CpuMasks(),
            cells.Cells,
            cpus.Select(cpu => offline.Contains(cpu.Id) ? new CpuInfo(cpu.Id) : cpu));
        var architecture = Text(host.Element("cpu")?.Element("arch"));
        return new TopologyReading(topology, architecture, Settings(host), faults.Problems, null)
        {
            Hypervisor = IsXen(root) ? "xen" : null,
        };
    }

    private static HostSettings? Settings(XElement host) =>
        host.Element("cpu")?.Element("microcode")?.Attribute("version")?.Value is { } version
            ? new HostSettings(Microcode: version)
            : null;

    // Guests of type kvm and qemu can be had on any host, below a hypervisor or not; those of type xen on Xen only.
    private static bool IsXen(XElement root) => root.Elements("guest").Elements("arch").Elements("domain")
        .Any(domain => domain.Attribute("type")?.Value == "xen");

    private static string? Text(XElement? at) => at?.Value.Trim() is { Length: > 0 } text ? text : null;

    // Most of the capabilities is CPU features and what guests may ask for.
    private static bool IsOfUse(XElement parent, string child) => parent.Name.LocalName switch
    {
        "capabilities" => child is "host" or "guest",
        "guest" => child is "arch",
        "arch" => child is "domain",
        "domain" or "object" => false,
        "host" => child is "cpu" or "topology" or "cache",
        "cpu" => child is "arch" or "microcode",
        "topology" => child is "cells" or "object",
        _ => true,
    };

    private static TopologyReading Refuse(Problem why) => new(null, null, null, [], why);
}
