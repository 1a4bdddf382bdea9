using System.Xml;
using System.Xml.Linq;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Builds elements out of a reader, as many and as deep as a document of a host or a guest may have.</summary>
internal sealed class XmlTree(XmlReader reader, Func<XElement, string, bool>? wanted)
{
    private const int Deepest = 100;
    private const int MostElements = 500_000;
    private const int MostAttributes = 200;

    private readonly List<XElement> _roots = [];
    private readonly IXmlLineInfo _place = (IXmlLineInfo)reader;
    private XElement? _open;
    private int _count;

    // The depth at which an element began that is of no use, or -1.
    private int _unwanted = -1;

    public IReadOnlyList<XElement> Build()
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin();
                    break;
                case XmlNodeType.EndElement when _unwanted >= 0:
                    _unwanted = reader.Depth == _unwanted ? -1 : _unwanted;
                    break;
                case XmlNodeType.EndElement:
                    _open = _open!.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when reader.Depth == 0:
                    throw Outside(reader.Value);
                case XmlNodeType.Text or XmlNodeType.CDATA when _unwanted < 0:
                    _open!.Add(new XText(reader.Value));
                    break;
            }
        }

        return _roots;
    }

    private void Begin()
    {
        if (reader.Depth > Deepest || ++_count > MostElements || reader.AttributeCount > MostAttributes)
        {
            throw Refusal(
                reader.Depth > Deepest ? $"elements are nested deeper than {Deepest}"
                : _count > MostElements ? $"it has more than {MostElements} elements"
                : $"an element has more than {MostAttributes} attributes");
        }

        if (_unwanted >= 0)
        {
            return;
        }

        if (_open is not null && wanted is not null && !wanted(_open, reader.LocalName))
        {
            _unwanted = reader.IsEmptyElement ? -1 : reader.Depth;
            return;
        }

        Add(reader.IsEmptyElement);
    }

    private void Add(bool isEmpty)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        element.AddAnnotation(new XmlPlace(_place.LineNumber, _place.LinePosition));
        while (reader.MoveToNextAttribute())
        {
            element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
        }

        if (_open is null)
        {
            _roots.Add(element);
        }
        else
        {
            _open.Add(element);
        }

        _open = isEmpty ? _open : element;
    }

    // The text begins with the blanks before it.
    private XmlException Outside(string text)
    {
        var blanks = text.AsSpan(0, text.Length - text.AsSpan().TrimStart().Length);
        var lines = blanks.Count('\n');
        var column = lines == 0 ? _place.LinePosition + blanks.Length : blanks.Length - blanks.LastIndexOf('\n');
        return new XmlException("there is text outside of any element", null, _place.LineNumber + lines, column);
    }

    private XmlException Refusal(string what) => new(what, null, _place.LineNumber, _place.LinePosition);
}
