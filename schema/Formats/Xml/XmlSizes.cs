using System.Xml.Linq;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// Amounts of memory with libvirt's units: KiB where none is written, KB and MB are decimal, KiB and M binary; rounded up to
/// whole KiB.
/// </summary>
internal static class XmlSizes
{
    private const string Letters = "kmgtpe";

    /// <summary>An amount with its unit; null when there is none or it cannot be read, which is a fault.</summary>
    public static long? KiB(XElement at, string? text, string? unit, XmlFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (XmlNumbers.Long(text.Trim()) is not { } number)
        {
            faults.Add(at, $"{XmlNumbers.Quoted(text)} is not a size");
            return null;
        }

        if (Scale(unit) is not { } scale)
        {
            faults.Add(at, $"unit={XmlNumbers.Quoted(unit!)} is not a unit of memory");
            return null;
        }

        var size = (((UInt128)number * scale) + 1023) / 1024;
        if (size <= MemorySize.MaxKiB)
        {
            return (long)size;
        }

        faults.Add(at, $"{XmlNumbers.Quoted(text + unit)} is more memory than can be counted");
        return null;
    }

    /// <summary>An element that is an amount, unit in an attribute; null where it is empty or absent.</summary>
    public static long? KiB(XElement? at, XmlFaults faults) =>
        string.IsNullOrWhiteSpace(at?.Value) ? null : KiB(at, at.Value, at.Attribute("unit")?.Value, faults);

    private static ulong? Scale(string? unit)
    {
        var word = string.IsNullOrEmpty(unit) ? "kib" : unit.ToLowerInvariant();
        if (word is "b" or "byte" or "bytes")
        {
            return 1;
        }

        var power = Letters.IndexOf(word[0], StringComparison.Ordinal) + 1;
        return (power, word[1..]) switch
        {
            ( > 0, "" or "ib") => 1UL << (10 * power),
            ( > 0, "b") => (ulong)Math.Pow(1000, power),
            _ => null,
        };
    }
}
