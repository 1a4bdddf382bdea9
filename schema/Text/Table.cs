namespace NumaHistory.Schema.Text;

/// <summary>
/// Rows under upper-case headers, without borders: columns two blanks apart, numbers to the right, never wrapped. Null
/// shows as <c>?</c> (not known), empty text as <c>-</c>, so that every row has as many words as another; foreign text
/// is cleaned.
/// </summary>
public sealed class Table(params Column[] columns)
{
    private const string Gap = "  ";

    private readonly List<object?[]> _rows = [];
    private int[] _least = new int[columns.Length];
    private int[] _widths = new int[columns.Length];

    /// <summary>How many rows there are, the headers aside.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row; it has a value for each column.</summary>
    public Table Row(params object?[] values)
    {
        if (values.Length != columns.Length)
        {
            throw new ArgumentException($"{values.Length} values for {columns.Length} columns", nameof(values));
        }

        _rows.Add(values);
        return this;
    }

    /// <summary>Writes the table, each line ended by a line feed; without headers when a script reads it.</summary>
    public void Write(TextWriter output, bool headers = true)
    {
        var lines = _rows.Select(row => row.Select(Shown).ToArray()).ToList();
        if (headers)
        {
            lines.Insert(0, [.. columns.Select(column => Cleaned.Text(column.Header.ToUpperInvariant()))]);
        }

        _widths = [.. _least.Select((least, i) => lines.Select(line => DisplayWidth.Of(line[i])).Append(least).Max())];
        var right = columns.Select((column, i) => column.IsRight || HoldsNumbers(i)).ToArray();
        foreach (var line in lines)
        {
            var padded = line.Select((cell, i) => Padded(cell, _widths[i], right[i]));
            output.Write(string.Join(Gap, padded).TrimEnd(' '));
            output.Write('\n');
        }
    }

    /// <summary>An empty table whose columns are at least as wide as this one was written, for rows that come later.</summary>
    public Table Next() => new(columns) { _least = _widths };

    /// <summary>The table as <see cref="Write"/> writes it, headers included.</summary>
    public override string ToString()
    {
        using var text = new StringWriter();
        Write(text);
        return text.ToString();
    }

    private static string Shown(object? value) => CellText.Of(value) switch
    {
        null => "?",
        "" => "-",
        var text => Cleaned.Text(text),
    };

    private static string Padded(string cell, int width, bool right)
    {
        var blanks = new string(' ', width - DisplayWidth.Of(cell));
        return right ? blanks + cell : cell + blanks;
    }

    private bool HoldsNumbers(int column) =>
        _rows.Exists(row => row[column] is not null)
        && _rows.TrueForAll(row => row[column] is null || CellText.IsNumber(row[column]));
}
