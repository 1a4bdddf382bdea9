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
        var roots = SafeXml.Read(bytes, out var fault);
        if (fault is not null)
        {
            return Refuse(fault);
        }

        // The <topology> of the host's <cpu> counts sockets and cores; it is not meant.
        var host = roots[0].Name.LocalName == "capabilities" ? roots[0].Element("host") : roots[0];
        var outer = host?.Name.LocalName == "cells" ? host
            : (host?.Name.LocalName == "topology" ? host : host?.Element("topology"))?.Element("cells");
        if (host is null || outer is null)
        {
            return Refuse(new Problem(
                "", SafeXml.Place(roots[0])?.Line, $"<{roots[0].Name.LocalName}> holds no <topology> with <cells>"));
        }

        return Read(host, outer, isCapabilities: roots[0].Name.LocalName == "capabilities");
    }

    private static TopologyReading Read(XElement host, XElement outer, bool isCapabilities)
    {
        var faults = new XmlFaults();
        var cells = new CellElements(isCapabilities, faults);
        cells.Read(outer, null);
        if (cells.Twice is { } twice)
        {
            return Refuse(XmlFaults.Problem(twice, $"has the id {twice.Attribute("id")?.Value}, which another cell has too"));
        }

        var topology = HostTopology.Of(new CpuMasks(), cells.Cells, CacheBanks.Shared(host, cells.Cpus, faults));
        return new TopologyReading(topology, host.Element("cpu")?.Element("arch")?.Value.Trim(), Settings(host), faults.Problems, null);
    }

    private static HostSettings? Settings(XElement host) =>
        host.Element("cpu")?.Element("microcode")?.Attribute("version")?.Value is { } version
            ? new HostSettings(Microcode: version)
            : null;

    private static TopologyReading Refuse(Problem why) => new(null, null, null, [], why);
}
