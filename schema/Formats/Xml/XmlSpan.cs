namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// An element by the letters it takes in its document, from &lt; to behind &gt;. Inside are those between its tags, as long as nothing and at the end where it has one tag only.
/// </summary>
internal sealed class XmlSpan(string name, XmlSpan? parent, int start)
{
    /// <summary>The name as written, with a prefix.</summary>
    public string Name { get; } = name;

    public XmlSpan? Parent { get; } = parent;

    public List<XmlSpan> Children { get; } = [];

    public int Start { get; } = start;

    public int End { get; private set; }

    public int InsideStart { get; private set; }

    public int InsideEnd { get; private set; }

    /// <summary>Whether it is one tag that ends itself.</summary>
    public bool IsEmptyTag => InsideStart == End;

    public XmlSpan? Child(string name) => Children.Find(child => child.Name == name);

    /// <summary>The root elements of a document that <see cref="SafeXml"/> has read: well formed, without a document type.</summary>
    public static IReadOnlyList<XmlSpan> Roots(string text)
    {
        var roots = new List<XmlSpan>();
        XmlSpan? open = null;
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at))
        {
            if (Passed(text, at) is { } end)
            {
                at = end;
            }
            else if (text[at + 1] == '/')
            {
                (open!.InsideEnd, open.End) = (at, text.IndexOf('>', at) + 1);
                (at, open) = (open.End, open.Parent);
            }
            else
            {
                var span = new XmlSpan(text[(at + 1)..EndOfName(text, at)], open, at);
                (open?.Children ?? roots).Add(span);
                at = EndOfTag(text, at);
                (span.InsideStart, span.InsideEnd, span.End) = (at, at, at);
                open = text[at - 2] == '/' ? open : span;
            }
        }

        return roots;
    }

    // What is no element: where it ends.
    private static int? Passed(string text, int at)
    {
        foreach (var (begin, end) in ((string, string)[])[("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")])
        {
            if (text.AsSpan(at).StartsWith(begin, StringComparison.Ordinal))
            {
                return text.IndexOf(end, at + begin.Length, StringComparison.Ordinal) + end.Length;
            }
        }

        return null;
    }

    private static int EndOfName(string text, int at) => at + text.AsSpan(at).IndexOfAny(" \t\r\n/>");

    private static int EndOfTag(string text, int at)
    {
        while (text[at] != '>')
        {
            at = text[at] is '\'' or '"' ? text.IndexOf(text[at], at + 1) + 1 : at + 1;
        }

        return at + 1;
    }
}
