using System.Globalization;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>How many vCPUs a domain has, and the set of host CPUs that all its threads inherit.</summary>
internal static class VcpuReader
{
    private const int Most = 65_536;

    public static (GuestVcpus Vcpus, string Placement, CpuSet? Cpus) Read(XElement domain, XmlFaults faults)
    {
        var vcpu = domain.Element("vcpu");
        if (vcpu is null)
        {
            return (new GuestVcpus(1, 1), "static", null);
        }

        var maximum = Maximum(vcpu, faults);
        var current = XmlNumbers.Int(vcpu, "current", faults) ?? maximum;
        if (current > maximum || current == 0)
        {
            faults.Add(vcpu, $"current='{current}' is {(current == 0 ? "no vCPU at all" : $"more than the {maximum} there may be")}");
            current = maximum;
        }

        var placement = vcpu.Attribute("placement")?.Value ?? "static";
        if (placement is not ("static" or "auto"))
        {
            faults.Add(vcpu, $"placement='{placement}' is neither static nor auto");
            placement = "static";
        }

        var online = Listed(domain, maximum, faults) ?? current;
        // Under automatic placement the host chooses; a list written all the same is not even read.
        return (new GuestVcpus(maximum, online), placement, placement == "auto" ? null : XmlNumbers.List(vcpu, "cpuset", faults));
    }

    private static int Maximum(XElement vcpu, XmlFaults faults)
    {
        var text = vcpu.Value.Trim();
        if (text.Length == 0)
        {
            return 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most)
        {
            return count;
        }

        faults.Add(vcpu, $"'{text}' is not a count of vCPUs");
        return 1;
    }

    // <vcpus> says of single vCPUs whether they are online; those it does not list are counted by <vcpu current>.
    private static int? Listed(XElement domain, int maximum, XmlFaults faults)
    {
        var listed = domain.Element("vcpus")?.Elements("vcpu").ToList();
        if (listed is not { Count: > 0 })
        {
            return null;
        }

        var ids = listed.Select(vcpu => XmlNumbers.Int(vcpu, "id", faults)).ToList();
        if (ids.Exists(id => id is null || id >= maximum) || ids.Distinct().Count() < ids.Count || listed.Count != maximum)
        {
            return null;
        }

        return listed.Count(vcpu => vcpu.Attribute("enabled")?.Value == "yes") is > 0 and var online ? online : null;
    }
}
