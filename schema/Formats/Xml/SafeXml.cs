using System.Globalization;
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

    private const int Deepest = 100;
    private const int MostElements = 500_000;

    internal static readonly XmlReaderSettings Settings = new()
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

    /// <summary>The root elements, or why there are none; the fault names line and column.</summary>
    public static IReadOnlyList<XElement> Read(ReadOnlyMemory<byte> bytes, out Problem? fault)
    {
        fault = null;
        if (bytes.Length > LargestBytes)
        {
            fault = new Problem("", null, $"it is larger than {LargestBytes >> 20} MiB");
            return [];
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings);
            var roots = Build(reader);
            fault = roots.Count == 0 ? new Problem("", null, "there is no XML element in it") : null;
            return roots;
        }
        catch (XmlException error)
        {
            fault = new Problem("", error.LineNumber > 0 ? error.LineNumber : null, Words(error));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            fault = new Problem("", 1, "its encoding is not known; use UTF-8");
        }

        return [];
    }

    /// <summary>Where an element begins.</summary>
    public static XmlPlace? Place(XElement element) => element.Annotation<XmlPlace>();

    private static List<XElement> Build(XmlReader reader)
    {
        var roots = new List<XElement>();
        XElement? open = null;
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Check(reader, ++count);
                    var isEmpty = reader.IsEmptyElement;
                    var element = Element(reader);
                    if (open is null)
                    {
                        roots.Add(element);
                    }
                    else
                    {
                        open.Add(element);
                    }

                    open = isEmpty ? open : element;
                    break;
                case XmlNodeType.EndElement:
                    open = open?.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open?.Add(new XText(reader.Value));
                    break;
            }
        }

        return roots;
    }

    private static XElement Element(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        var place = (IXmlLineInfo)reader;
        element.AddAnnotation(new XmlPlace(place.LineNumber, place.LinePosition));
        while (reader.MoveToNextAttribute())
        {
            element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
        }

        return element;
    }

    private static void Check(XmlReader reader, int count)
    {
        if (reader.Depth > Deepest || count > MostElements)
        {
            var place = (IXmlLineInfo)reader;
            throw new XmlException(
                reader.Depth > Deepest ? $"elements are nested deeper than {Deepest}" : $"it has more than {MostElements} elements",
                null,
                place.LineNumber,
                place.LinePosition);
        }
    }

    // The library's texts end in their own words for the place, and speak of settings of the reader.
    private static string Words(XmlException error)
    {
        var text = error.Message;
        var end = text.IndexOf(" Line ", StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).TrimEnd('.');
        var what = text.Contains("DTD", StringComparison.Ordinal) ? "a document type is not allowed"
            : text.StartsWith("The input document has exceeded a limit", StringComparison.Ordinal) ? "it is too large"
            : text;
        return string.Create(CultureInfo.InvariantCulture, $"column {error.LinePosition}: {what}");
    }
}
