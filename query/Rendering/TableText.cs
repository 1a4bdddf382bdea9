using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

internal static class TableText
{
    /// <summary>
    /// Writes a table, the header line in bold where colours are wanted, rows as the caller paints them.
    /// </summary>
    public static void Write(this Table table, TextWriter output, Look look, Func<int, string, string>? paint = null)
    {
        if (!look.Color)
        {
            table.Write(output, look.Headers);
            return;
        }

        using var plain = new StringWriter();
        table.Write(plain, look.Headers);
        var lines = plain.ToString().Split('\n')[..^1];
        for (var i = 0; i < lines.Length; i++)
        {
            var row = look.Headers ? i - 1 : i;
            output.Write(row < 0 ? Paint.Bold(lines[i], look) : paint?.Invoke(row, lines[i]) ?? lines[i]);
            output.Write('\n');
        }
    }
}
