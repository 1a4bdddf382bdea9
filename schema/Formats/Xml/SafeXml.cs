using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// Reads XML of unknown origin into elements that know their place: no document type, no entities but the five, nothing outside
/// the document, bounded size, depth and number of elements. Several roots in one document are allowed.
/// </summary>
internal static class SafeXml
{
    /// <summary>The largest document taken, in bytes; a domain is a few KiB.</summary>
    public const int LargestBytes = 16 << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = ConformanceLevel.Fragment,
        MaxCharactersInDocument = LargestBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = true,
    };

    /// <summary>
    /// The root elements, or why there are none; the fault names line and column. Wanted says of the elements below another
    /// whether they are of use, by name; what is of none is checked as strictly and then forgotten.
    /// </summary>
    public static IReadOnlyList<XElement> Read(
        ReadOnlyMemory<byte> bytes, out Problem? fault, Func<XElement, string, bool>? wanted = null)
    {
        fault = null;
        if (bytes.Length > LargestBytes)
        {
            fault = new Problem("", null, $"it is larger than {LargestBytes >> 20} MiB");
            return [];
        }

        if (CrowdedTag.In(bytes.Span) is { } place)
        {
            fault = new Problem("", place.Line, "an element has too many attributes") { Column = place.Column };
            return [];
        }

        try
        {
            using var reader = Open(bytes);
            var roots = new XmlTree(reader, wanted).Build();
            fault = roots.Count == 0 ? new Problem("", null, "there is no XML element in it") : null;
            return roots;
        }
        catch (XmlException error)
        {
            fault = new Problem("", Place(error.LineNumber), Words(error)) { Column = Place(error.LinePosition) };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            fault = new Problem("", 1, "its encoding is not known; use UTF-8");
        }

        return [];
    }

    public static XmlReader Open(ReadOnlyMemory<byte> bytes)
    {
        var stream = MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        return XmlReader.Create(stream, Settings);
    }

    /// <summary>Where an element begins.</summary>
    public static XmlPlace? Place(XElement element) => element.Annotation<XmlPlace>();

    private static int? Place(int number) => number > 0 ? number : null;

    // The library's texts end in their own words for the place, and speak of settings of the reader.
    private static string Words(XmlException error)
    {
        var text = error.Message;
        var end = text.IndexOf(" Line ", StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).TrimEnd('.');
        return text.Contains("DTD", StringComparison.Ordinal) ? "a document type is not allowed"
            : text.StartsWith("The input document has exceeded a limit", StringComparison.Ordinal) ? "it is too large"
            : text;
    }
}
