using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The host cells that the memory of a whole guest is bound to.</summary>
internal static class NumatuneReader
{
    // vCPUs that the host places take the memory along where nothing is said of it.
    private static readonly MemoryBinding WithTheVcpus = new(MemoryMode.Strict, null);

    public static MemoryBinding? Read(XElement domain, bool isStatic, XmlFaults faults)
    {
        if (domain.Elements("numatune").Skip(1).FirstOrDefault() is { } second)
        {
            faults.Add(second, "is there more than once");
        }

        var at = domain.Elements("numatune").Elements("memory").FirstOrDefault();
        return at is not null && (at.Attribute("mode") ?? at.Attribute("placement") ?? at.Attribute("nodeset")) is not null
            ? Whole(at, isStatic, faults)
            : OldPins.Memory(domain, faults) ?? (isStatic ? null : WithTheVcpus);
    }

    /// <summary>How hard memory is bound: strict where nothing is written; null for a wrong word, which is a fault.</summary>
    public static MemoryMode? Mode(XElement at, XmlFaults faults)
    {
        switch (at.Attribute("mode")?.Value)
        {
            case null or "strict":
                return MemoryMode.Strict;
            case "preferred":
                return MemoryMode.Preferred;
            case "interleave":
                return MemoryMode.Interleave;
            case "restrictive":
                return MemoryMode.Restrictive;
            case var other:
                faults.Add(at, $"mode={XmlNumbers.Quoted(other)} is not strict, preferred, interleave or restrictive");
                return null;
        }
    }

    private static MemoryBinding? Whole(XElement at, bool isStatic, XmlFaults faults)
    {
        var (placement, list) = (at.Attribute("placement")?.Value, at.Attribute("nodeset"));
        // A list is read in any case, but where the host places the memory it is then dropped.
        var before = faults.Count;
        var mode = Mode(at, faults);
        var nodes = XmlNumbers.List(at, "nodeset", faults);
        placement = placement is null or "default" ? (list is not null || isStatic ? "static" : "auto") : placement;
        if (placement is not ("static" or "auto"))
        {
            faults.Add(at, $"placement={XmlNumbers.Quoted(placement)} is neither static nor auto");
        }
        else if (placement == "static" && list is null)
        {
            faults.Add(at, "is placed statically but has no nodeset");
        }

        return faults.Count > before || mode is null ? null : new MemoryBinding(mode.Value, placement == "auto" ? null : nodes);
    }
}
