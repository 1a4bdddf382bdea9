using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The pins of vCPUs and of the emulator. A pin of a vCPU beyond the maximum has no effect and is passed over, as libvirt does:
/// its list is not even read.
/// </summary>
internal static class ThreadPins
{
    public static IReadOnlyList<VcpuPin> Vcpus(XElement domain, int maximum, XmlFaults faults)
    {
        var pins = new Dictionary<int, VcpuPin>();
        foreach (var (at, list) in Written(domain))
        {
            var vcpu = XmlNumbers.Unsigned(at, "vcpu", faults);
            if (vcpu is null && at.Attribute("vcpu") is null)
            {
                faults.Add(at, "names no vcpu");
            }
            else if (vcpu < maximum)
            {
                Add(pins, at, (int)vcpu, list, faults);
            }
        }

        return [.. pins.Values.OrderBy(pin => pin.Vcpu)];
    }

    public static CpuSet? Emulator(XElement domain, XmlFaults faults)
    {
        var pins = domain.Elements("cputune").Elements("emulatorpin").ToList();
        if (pins.Count == 0)
        {
            return null;
        }

        if (pins.Count > 1 || pins[0].Attribute("cpuset") is null)
        {
            faults.Add(pins[^1], pins.Count > 1 ? "is there more than once" : "has no cpuset");
            return null;
        }

        return XmlNumbers.List(pins[0], "cpuset", faults);
    }

    private static void Add(Dictionary<int, VcpuPin> pins, XElement at, int vcpu, string list, XmlFaults faults)
    {
        if (at.Attribute(list) is null)
        {
            faults.Add(at, $"has no {list}");
        }
        else if (pins.ContainsKey(vcpu))
        {
            faults.Add(at, $"pins vCPU {vcpu} a second time");
        }
        else if (XmlNumbers.List(at, list, faults) is { } cpus)
        {
            pins.Add(vcpu, new VcpuPin(vcpu, cpus));
        }
    }

    private static IEnumerable<(XElement At, string List)> Written(XElement domain) =>
    [
        .. domain.Elements("cputune").Elements("vcpupin").Select(pin => (pin, "cpuset")),
        .. OldPins.Pins(domain).Select(pin => (pin, OldPins.List)),
    ];
}
