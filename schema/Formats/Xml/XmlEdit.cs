using System.Text;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// Changes to single elements of a document, all else stays to the letter: blanks, quotes, comments, order. What is put in is given as lines of its own, indented from
/// nothing, and takes the indentation of its place.
/// </summary>
internal sealed class XmlEdit(string text)
{
    private const string Step = "  ";

    private readonly SortedList<(int At, int Number), (int Length, string Put)> _changes = [];
    private readonly string _lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Puts lines in place of an element.</summary>
    public void Replace(XmlSpan element, IReadOnlyList<string> lines) =>
        Change(element.Start, element.End - element.Start, string.Join(_lineEnd + Indent(element), lines));

    /// <summary>Puts text in place of what an element holds.</summary>
    public void Fill(XmlSpan element, string inside) => Change(element.InsideStart, element.InsideEnd - element.InsideStart, inside);

    /// <summary>Takes an element away, with its line if it has one for itself.</summary>
    public void Remove(XmlSpan element)
    {
        var start = LineEndBefore(element.Start);
        Change(start, element.End - start, "");
    }

    /// <summary>Puts lines behind an element.</summary>
    public void Behind(XmlSpan element, IReadOnlyList<string> lines) => Change(element.End, 0, Lines(lines, Indent(element)));

    /// <summary>Puts lines into an element, before all that it holds.</summary>
    public void First(XmlSpan parent, IReadOnlyList<string> lines) => Change(parent.InsideStart, 0, Lines(lines, InnerIndent(parent)));

    /// <summary>Puts lines into an element that has two tags, behind all that it holds.</summary>
    public void Last(XmlSpan parent, IReadOnlyList<string> lines)
    {
        var start = LineEndBefore(parent.InsideEnd);
        Change(start, 0, Lines(lines, InnerIndent(parent)) + (start == parent.InsideEnd ? _lineEnd + Indent(parent) : ""));
    }

    /// <summary>Makes an element of one tag, which stays as it is otherwise, hold lines.</summary>
    public void Open(XmlSpan element, IReadOnlyList<string> lines) => Change(
        element.End - 2, 2, $">{Lines(lines, InnerIndent(element))}{_lineEnd}{Indent(element)}</{element.Name}>");

    /// <summary>A part of the document as it is then.</summary>
    public string Text(int start, int end)
    {
        var edited = new StringBuilder(text.Length);
        foreach (var ((at, _), (length, put)) in _changes)
        {
            edited.Append(text, start, at - start).Append(put);
            start = at + length;
        }

        return edited.Append(text, start, end - start).ToString();
    }

    private void Change(int at, int length, string put) => _changes.Add((at, _changes.Count), (length, put));

    private string Lines(IReadOnlyList<string> lines, string indent) => string.Concat(lines.Select(line => _lineEnd + indent + line));

    private string InnerIndent(XmlSpan parent) => parent.Children is [var first, ..] && LineEndBefore(first.Start) != first.Start ? Indent(first) : Indent(parent) + Step;

    private string Indent(XmlSpan element)
    {
        var start = BlanksBefore(element.Start);
        return start == 0 || text[start - 1] is '\n' or '\r' ? text[start..element.Start] : "";
    }

    private int BlanksBefore(int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at;
    }

    // Where the line before ends, if there are only blanks before a place, else the place.
    private int LineEndBefore(int at)
    {
        var start = BlanksBefore(at);
        return start == 0 || text[start - 1] is not '\n' ? at : start - (start > 1 && text[start - 2] == '\r' ? 2 : 1);
    }
}
