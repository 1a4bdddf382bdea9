namespace NumaHistory.Query.Rendering;

/// <summary>A rectangle of text: lines of one width. Boxes are drawn around, beside and above each other.</summary>
internal sealed record Box(IReadOnlyList<string> Lines)
{
    private const string Round = "┌─┐│└┘";
    private const string Ascii = "+-+|++";

    public int Width => Lines.Count == 0 ? 0 : Lines[0].Length;

    /// <summary>Lines filled up to the longest, or to at least a width.</summary>
    public static Box Of(IEnumerable<string> lines, int atLeast = 0)
    {
        var all = lines.ToList();
        var width = Math.Max(atLeast, all.Select(line => line.Length).DefaultIfEmpty(0).Max());
        return new Box([.. all.Select(line => line.PadRight(width))]);
    }

    /// <summary>One above the other.</summary>
    public static Box Stack(IEnumerable<Box> boxes) => Of(boxes.SelectMany(box => box.Lines));

    /// <summary>One beside the other, tops in line, a blank between.</summary>
    public static Box Beside(IReadOnlyList<Box> boxes)
    {
        var height = boxes.Select(box => box.Lines.Count).DefaultIfEmpty(0).Max();
        return Of(Enumerable.Range(0, height).Select(row => string.Join(' ', boxes.Select(box => box.Line(row)))));
    }

    /// <summary>Rows of boxes that are no wider than a width, where one box alone is not.</summary>
    public static Box Flow(IReadOnlyList<Box> boxes, int width)
    {
        var columns = Math.Max(1, (width + 1) / (boxes.Select(box => box.Width).DefaultIfEmpty(1).Max() + 1));
        return Stack(boxes.Chunk(columns).Select(row => Beside(row)));
    }

    /// <summary>A frame with a title in its upper edge.</summary>
    public Box Framed(string title, bool ascii)
    {
        var edge = ascii ? Ascii : Round;
        var inner = Math.Max(Width, title.Length + 1);
        return new Box(
        [
            $"{edge[0]}{edge[1]} {title} {new string(edge[1], inner - title.Length - 1)}{edge[2]}",
            .. Lines.Select(line => $"{edge[3]} {line.PadRight(inner)} {edge[3]}"),
            $"{edge[4]}{new string(edge[1], inner + 2)}{edge[5]}",
        ]);
    }

    private string Line(int row) => row < Lines.Count ? Lines[row] : new string(' ', Width);
}
