namespace NumaHistory.Schema.Text;

/// <summary>Comma-separated values as RFC 4180 has them. Null is an empty field, empty text a quoted one.</summary>
public static class Csv
{
    /// <summary>Writes one record, ended by CR LF.</summary>
    public static void Write(TextWriter output, params IEnumerable<object?> values)
    {
        output.Write(string.Join(',', values.Select(Field)));
        output.Write("\r\n");
    }

    private static string Field(object? value)
    {
        var text = CellText.Of(value);
        if (text is null)
        {
            return "";
        }

        return text.Length == 0 || text.AsSpan().IndexOfAny("\",\r\n") >= 0 || text[0] == ' ' || text[^1] == ' '
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
