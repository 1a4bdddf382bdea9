using System.Globalization;
using System.Text.RegularExpressions;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>
/// What <c>pmrep -o csv -f %Y-%m-%dT%H:%M:%S%z</c> prints of a PCP archive: a column for each metric and instance, KiB as the kernel's agent has them. Other metrics
/// are passed over; a value that PCP did not have is not known.
/// </summary>
public static partial class PmrepCsv
{
    /// <summary>Adds what the table holds, as of one machine: the table does not say which.</summary>
    public static IReadOnlyList<Problem> Read(string path, TextReader text, MemorySeries series)
    {
        var problems = new List<Problem>();
        var columns = new List<(int Cell, MemoryValue Kind)?>();
        var number = 0;
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            number++;
            var fields = line.TrimEnd('\r').Split(',');
            if (fields[0].Trim('"') == "Time")
            {
                columns = [.. fields.Skip(1).Select(name => Column(name.Trim('"')))];
            }
            else if (line.Length > 0 && Row(fields, columns, series) is { } what)
            {
                problems.Add(new Problem(path, number, $"{what}; the line is left out"));
            }
        }

        return problems;
    }

    private static string? Row(string[] fields, List<(int Cell, MemoryValue Kind)?> columns, MemorySeries series)
    {
        if (columns.Count == 0 || fields.Length != columns.Count + 1)
        {
            return columns.Count == 0 ? "there is no line Time,\"mem.numa.util.free-node0\",… before it" : $"there are {fields.Length} fields where the head has {columns.Count + 1}";
        }

        if (Time(fields[0].Trim('"')) is not { } at)
        {
            return $"'{fields[0]}' is no time with an offset; print it with pmrep -f '%Y-%m-%dT%H:%M:%S%z'";
        }

        foreach (var (column, field) in columns.Zip(fields.Skip(1)))
        {
            if (column is { } known && PrometheusText.Number(field.Trim('"')) is { } value and >= 0 and < 1e15)
            {
                series.Add("", known.Cell, known.Kind, at, (long)value);
            }
        }

        return null;
    }

    private static (int Cell, MemoryValue Kind)? Column(string name)
    {
        var match = Metric().Match(name);
        return match.Success && KindOf(match.Groups[1].Value) is { } kind ? (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), kind) : null;
    }

    private static MemoryValue? KindOf(string name) => name switch
    {
        "total" => MemoryValue.Total,
        "free" => MemoryValue.Free,
        "used" => MemoryValue.Used,
        "filePages" => MemoryValue.FilePages,
        "shmem" => MemoryValue.Shmem,
        "slabReclaimable" => MemoryValue.SlabReclaimable,
        _ => null,
    };

    // A time without an offset could be that of the archive or of whoever printed it.
    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(
        text.EndsWith('Z') ? $"{text[..^1]}+0000" : text,
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", "yyyy-MM-dd' 'HH:mm:sszzz"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AdjustToUniversal,
        out var at)
        ? at
        : null;

    [GeneratedRegex("""^mem\.numa\.util\.(\w+)-node(\d{1,6})$""")]
    private static partial Regex Metric();
}
