using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The I/O threads of a guest, pinned or not.</summary>
internal static class IothreadReader
{
    private const int Most = 4096;

    public static IReadOnlyList<IothreadPin> Read(XElement domain, XmlFaults faults)
    {
        var threads = new Dictionary<uint, CpuSet?>();
        foreach (var id in Ids(domain, faults))
        {
            threads.Add(id, null);
        }

        foreach (var at in domain.Elements("cputune").Elements("iothreadpin"))
        {
            Pin(threads, at, faults);
        }

        return [.. threads.OrderBy(thread => thread.Key).Select(thread => new IothreadPin((int)thread.Key, thread.Value))];
    }

    private static void Pin(Dictionary<uint, CpuSet?> threads, XElement at, XmlFaults faults)
    {
        var id = XmlNumbers.Unsigned(at, "iothread", faults);
        if (id is null)
        {
            faults.Add(at, "names no iothread");
        }
        else if (!threads.TryGetValue(id.Value, out var known))
        {
            faults.Add(at, $"is for I/O thread {id}, which is not there");
        }
        else if (known is not null || at.Attribute("cpuset") is null)
        {
            faults.Add(at, known is null ? "has no cpuset" : $"pins I/O thread {id} a second time");
        }
        else
        {
            threads[id.Value] = XmlNumbers.List(at, "cpuset", faults);
        }
    }

    // <iothreads> counts them, <iothreadids> names some or all; the rest get the lowest free ids from 1.
    private static HashSet<uint> Ids(XElement domain, XmlFaults faults)
    {
        var ids = new HashSet<uint>();
        foreach (var at in domain.Elements("iothreadids").Elements("iothread"))
        {
            if (XmlNumbers.Unsigned(at, "id", faults) is not (> 0 and <= int.MaxValue and var id) || !ids.Add(id))
            {
                faults.Add(at, "has no id of its own");
            }
        }

        var count = Count(domain.Element("iothreads"), faults);
        for (var id = 1u; ids.Count < count; id++)
        {
            ids.Add(id);
        }

        return ids;
    }

    private static uint Count(XElement? at, XmlFaults faults)
    {
        if (at is null || at.Value.Length == 0)
        {
            return 0;
        }

        if (XmlNumbers.Unsigned(at.Value.Trim(), 10) is <= Most and var count)
        {
            return count;
        }

        faults.Add(at, $"{XmlNumbers.Quoted(at.Value)} is not a count of I/O threads");
        return 0;
    }
}
