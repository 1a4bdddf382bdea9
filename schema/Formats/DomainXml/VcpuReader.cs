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
        if (domain.Element("vcpu") is not { } vcpu)
        {
            var counted = OldPins.Vcpus(domain);
            return (new GuestVcpus(counted, Listed(domain, counted, faults) ?? counted), "static", null);
        }

        var maximum = Maximum(vcpu, faults);
        var placement = vcpu.Attribute("placement")?.Value ?? "static";
        if (placement is not ("static" or "auto"))
        {
            faults.Add(vcpu, $"placement={XmlNumbers.Quoted(placement)} is neither static nor auto");
            placement = "static";
        }

        var current = Listed(domain, maximum, faults) ?? Current(vcpu, maximum, faults);
        // Under automatic placement the host chooses; a list written all the same is not even read.
        var cpus = placement == "auto" ? null : XmlNumbers.List(vcpu, "cpuset", faults);
        return (new GuestVcpus(maximum, current), placement, cpus);
    }

    private static int Maximum(XElement vcpu, XmlFaults faults)
    {
        if (XmlNumbers.Unsigned(vcpu.Value.Trim(), 10) is > 0 and <= Most and var count)
        {
            return (int)count;
        }

        faults.Add(vcpu, $"{XmlNumbers.Quoted(vcpu.Value)} is not a count of vCPUs");
        return 1;
    }

    private static int Current(XElement vcpu, int maximum, XmlFaults faults)
    {
        var current = XmlNumbers.Unsigned(vcpu, "current", faults);
        if (current > maximum)
        {
            faults.Add(vcpu, $"current='{current}' is more than the {maximum} there may be");
        }

        return current <= maximum ? (int)current : maximum;
    }

    // Where <vcpus> speaks of single vCPUs it alone counts: those it does not name are offline.
    private static int? Listed(XElement domain, int maximum, XmlFaults faults)
    {
        var listed = domain.Elements("vcpus").Elements("vcpu").ToList();
        if (listed.Count == 0)
        {
            return null;
        }

        var online = new HashSet<uint>();
        foreach (var at in listed)
        {
            var id = XmlNumbers.Unsigned(at, "id", faults);
            var enabled = at.Attribute("enabled")?.Value;
            if (id is null || id >= maximum || enabled is not ("yes" or "no"))
            {
                faults.Add(at, $"is not one of {maximum} vCPUs, enabled or not");
            }
            else
            {
                _ = enabled == "yes" ? online.Add(id.Value) : online.Remove(id.Value);
            }
        }

        return online.Count;
    }
}
