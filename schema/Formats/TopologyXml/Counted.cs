using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>Compares the num of a list with what is in it: where they differ, something was cut out.</summary>
internal static class Counted
{
    public static void Check(XElement list, int count, string what, XmlFaults faults)
    {
        if (XmlNumbers.Int(list, "num", faults) is { } said && said != count)
        {
            faults.Add(list, $"says that it has {said} {what}, but lists {count}");
        }
    }
}
