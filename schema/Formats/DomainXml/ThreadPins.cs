using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The pins of single threads: vCPUs, the emulator, I/O threads.</summary>
internal static class ThreadPins
{
    public static IReadOnlyList<VcpuPin> Vcpus(XElement domain, int maximum, XmlFaults faults)
    {
        var pins = new SortedDictionary<int, VcpuPin>();
        foreach (var (at, list) in Written(domain))
        {
            var vcpu = XmlNumbers.Int(at, "vcpu", faults);
            if (vcpu is null || at.Attribute(list) is null)
            {
                faults.Add(at, vcpu is null ? "names no vcpu" : $"has no {list}");
            }
            else if (vcpu >= maximum)
            {
                faults.Add(at, $"is for vCPU {vcpu}, but there are only {maximum}; it has no effect");
            }
            else if (pins.ContainsKey(vcpu.Value))
            {
                faults.Add(at, $"pins vCPU {vcpu} a second time");
            }
            else if (XmlNumbers.List(at, list, faults) is { } cpus)
            {
                pins.Add(vcpu.Value, new VcpuPin(vcpu.Value, cpus));
            }
        }

        return [.. pins.Values];
    }

    public static CpuSet? Emulator(XElement domain, XmlFaults faults)
    {
        var pins = domain.Element("cputune")?.Elements("emulatorpin").ToList() ?? [];
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

    public static IReadOnlyList<IothreadPin> Iothreads(XElement domain, XmlFaults faults)
    {
        var threads = Ids(domain, faults).ToDictionary(id => id, _ => (CpuSet?)null);
        foreach (var at in domain.Element("cputune")?.Elements("iothreadpin") ?? [])
        {
            var id = XmlNumbers.Int(at, "iothread", faults);
            if (id is null || at.Attribute("cpuset") is null)
            {
                faults.Add(at, id is null ? "names no iothread" : "has no cpuset");
            }
            else if (!threads.TryGetValue(id.Value, out var known) || known is not null)
            {
                faults.Add(at, known is null ? $"is for I/O thread {id}, which is not there" : $"pins I/O thread {id} a second time");
            }
            else
            {
                threads[id.Value] = XmlNumbers.List(at, "cpuset", faults);
            }
        }

        return [.. threads.OrderBy(thread => thread.Key).Select(thread => new IothreadPin(thread.Key, thread.Value))];
    }

    // The form of 2007: <cpus><pin vcpu='0' cpulist='2,3'/></cpus>.
    private static IEnumerable<(XElement At, string List)> Written(XElement domain) =>
    [
        .. (domain.Element("cputune")?.Elements("vcpupin") ?? []).Select(pin => (pin, "cpuset")),
        .. domain.Elements("cpus").Elements("pin").Select(pin => (pin, "cpulist")),
    ];

    // <iothreads> counts them, <iothreadids> names some or all; the rest get the lowest free ids from 1.
    private static SortedSet<int> Ids(XElement domain, XmlFaults faults)
    {
        const int most = 4096;
        var ids = new SortedSet<int>();
        foreach (var at in domain.Element("iothreadids")?.Elements("iothread") ?? [])
        {
            if (XmlNumbers.Int(at, "id", faults) is not { } id || id == 0 || !ids.Add(id))
            {
                faults.Add(at, "has no id of its own");
            }
        }

        var count = 0;
        if (domain.Element("iothreads") is { } counted
            && (!int.TryParse(counted.Value.Trim(), out count) || count is < 0 or > most))
        {
            faults.Add(counted, $"'{counted.Value.Trim()}' is not a count of I/O threads");
            count = 0;
        }

        for (var id = 1; ids.Count < count; id++)
        {
            ids.Add(id);
        }

        return ids;
    }
}
