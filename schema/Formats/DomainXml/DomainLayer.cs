using System.Xml.Linq;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>In which layer a definition counts, told by what holds it.</summary>
internal static class DomainLayer
{
    public static (PinLayer Layer, string? State) Of(XElement domain)
    {
        var isActive = domain.Attribute("id") is { Value: not ("-1" or "") };
        return (domain.Name.LocalName, domain.Parent?.Name.LocalName) switch
        {
            ("domain", "domstatus") => (PinLayer.Live, domain.Parent!.Attribute("state")?.Value),
            ("domain", "domainsnapshot") => Snapshot(domain.Parent!),
            ("domain", not ("qemu-migration" or "domaincheckpoint")) when isActive => (PinLayer.Live, "running"),
            _ => (PinLayer.Config, null),
        };
    }

    // Only a snapshot with the memory of a running guest is something that can be resumed.
    private static (PinLayer Layer, string? State) Snapshot(XElement snapshot)
    {
        var state = snapshot.Element("state")?.Value.Trim();
        var hasMemory = snapshot.Element("memory")?.Attribute("snapshot")?.Value != "no";
        return (state is "running" or "paused" or "blocked" && hasMemory ? PinLayer.SavedImage : PinLayer.Config, state);
    }
}
