using System.Globalization;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Numbers and lists in attributes as libvirt reads them.</summary>
internal static class XmlNumbers
{
    private const int LongestQuote = 60;
    private const int LongestNumber = 100;

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

        faults.Add(at, $"{name}={Quoted(text)} is not a number");
        return null;
    }

    /// <summary>
    /// An attribute that libvirt reads as an unsigned number: a blank or a plus before it will do, a blank after it will not;
    /// null when it is absent or none, which is a fault.
    /// </summary>
    public static uint? Unsigned(XElement at, string name, XmlFaults faults)
    {
        if (at.Attribute(name)?.Value is not { } text)
        {
            return null;
        }

        if (Unsigned(text, 10) is { } value)
        {
            return value;
        }

        faults.Add(at, $"{name}={Quoted(text)} is not a number");
        return null;
    }

    /// <summary>Text that is a number of 32 bits to C in this base; base 0 takes 0x for hexadecimal and 0 for octal.</summary>
    public static uint? Unsigned(string text, int radix) =>
        Long(text, radix) is <= uint.MaxValue and var value ? (uint)value : null;

    /// <summary>The same with 64 bits.</summary>
    public static ulong? Long(string text, int radix = 10)
    {
        var cursor = new Cursor(text);
        return text.Length <= LongestNumber && cursor.TryUnsigned(radix, out var number) && cursor.AtEnd
            && number is { Negative: false, Overflow: false }
            ? number.Unsigned
            : null;
    }

    /// <summary>A CPU or cell list in an attribute; null when it is absent or libvirt refuses it, which is a fault.</summary>
    public static CpuSet? List(XElement at, string name, XmlFaults faults) =>
        at.Attribute(name)?.Value is { } text
            ? Accepted(at, name, faults, CpuSetDialect.Parse(CpuSetDialect.Default, text, CpuSetContext.Unknown))
            : null;

    /// <summary>A list that may be one of nothing, such as the vCPUs of a guest cell.</summary>
    public static CpuSet? ListOrNothing(XElement at, string name, XmlFaults faults) =>
        at.Attribute(name)?.Value is { } text
            ? Accepted(at, name, faults, LibvirtList.Bitmap(text, LibvirtList.AttributeWidth))
            : null;

    /// <summary>Foreign text as a fault shows it: not longer than a line.</summary>
    public static string Quoted(string text) => text.Length > LongestQuote ? $"'{text[..LongestQuote]}...'" : $"'{text}'";

    private static CpuSet? Accepted(XElement at, string name, XmlFaults faults, CpuSetAnswer answer)
    {
        switch (answer)
        {
            case CpuSetAnswer.Parsed parsed:
                return parsed.Set;
            case CpuSetAnswer.Refused refused:
                faults.Add(at, $"{name}: {refused.Message}");
                break;
        }

        return null;
    }
}
