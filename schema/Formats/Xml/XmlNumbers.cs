using System.Globalization;
using System.Numerics;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Numbers, sizes and lists in attributes as libvirt reads them.</summary>
internal static class XmlNumbers
{
    /// <summary>An attribute that is a whole number; null when it is absent or none, which is a fault.</summary>
    public static int? Int(XElement at, string name, XmlFaults faults)
    {
        if (at.Attribute(name)?.Value is not { } text)
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        faults.Add(at, $"{name}='{text}' is not a number");
        return null;
    }

    /// <summary>A CPU or cell list in an attribute; null when it is absent or libvirt refuses it, which is a fault.</summary>
    public static CpuSet? List(XElement at, string name, XmlFaults faults)
    {
        if (at.Attribute(name)?.Value is not { } text)
        {
            return null;
        }

        switch (CpuSetDialect.Parse(CpuSetDialect.Default, text, CpuSetContext.Unknown))
        {
            case CpuSetAnswer.Parsed parsed:
                return parsed.Set;
            case CpuSetAnswer.Refused refused:
                faults.Add(at, $"{name}: {refused.Message}");
                break;
        }

        return null;
    }

    /// <summary>
    /// A size with libvirt's units: KiB where none is written, KB and MB are decimal, KiB and M binary; rounded up to whole KiB.
    /// </summary>
    public static long? KiB(XElement at, string? text, string? unit, XmlFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (!BigInteger.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || text.Length > 40)
        {
            faults.Add(at, $"'{text}' is not a size");
            return null;
        }

        if (Scale(unit) is not { } scale)
        {
            faults.Add(at, $"unit='{unit}' is not a unit of memory");
            return null;
        }

        var size = ((number * scale) + 1023) / 1024;
        if (size <= Text.MemorySize.MaxKiB)
        {
            return (long)size;
        }

        faults.Add(at, $"'{text}' is more memory than can be counted");
        return null;
    }

    private static BigInteger? Scale(string? unit)
    {
        var word = unit?.Trim().ToLowerInvariant() ?? "kib";
        if (word is "b" or "byte" or "bytes")
        {
            return BigInteger.One;
        }

        var power = word.Length == 0 ? 0 : "kmgtpe".IndexOf(word[0], StringComparison.Ordinal) + 1;
        return (power, word.Length == 0 ? "" : word[1..]) switch
        {
            ( > 0, "" or "ib") => BigInteger.Pow(1024, power),
            ( > 0, "b") => BigInteger.Pow(1000, power),
            _ => null,
        };
    }
}
