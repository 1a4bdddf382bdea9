using System.Xml;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Tells XML documents apart by their beginning, without reading them whole.</summary>
public static class XmlRoot
{
    /// <summary>The largest document taken, in bytes.</summary>
    public const int LargestBytes = SafeXml.LargestBytes;

    /// <summary>Whether text that begins so may be XML: <c>&lt;</c> after a byte order mark and blanks, UTF-8 or UTF-16.</summary>
    public static bool MayBe(ReadOnlySpan<byte> head)
    {
        foreach (var letter in head)
        {
            if (letter is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return letter == (byte)'<';
            }
        }

        return false;
    }

    /// <summary>The name of the first element, or null where there is none to be read.</summary>
    public static string? Name(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = SafeXml.Open(bytes);
            return reader.MoveToContent() == XmlNodeType.Element ? reader.LocalName : null;
        }
        catch (Exception error) when (error is XmlException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
