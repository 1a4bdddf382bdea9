using System.Globalization;
using System.Text;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>
/// Lines of a metric, its labels, a value in bytes and an instant: <c>promtool tsdb dump</c> (the name is a label, milliseconds),
/// <c>promtool tsdb dump-openmetrics</c> (seconds) and what an exporter shows, as long as it has instants (milliseconds). Other metrics are passed over.
/// </summary>
public static class PrometheusText
{
    // The year 5138 in seconds, March 1973 in milliseconds.
    private const double FewestMilliseconds = 1e11;

    /// <summary>Adds what the text holds; a line of these metrics that cannot be read is a problem.</summary>
    public static IReadOnlyList<Problem> Read(string path, TextReader text, MemorySeries series)
    {
        var problems = new List<Problem>();
        var number = 0;
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            number++;
            if (line.Length > 0 && line[0] != '#' && line.Contains(PrometheusMetric.Prefix, StringComparison.Ordinal) && Read(line, series) is { } what)
            {
                problems.Add(new Problem(path, number, $"{what}; the line is left out"));
            }
        }

        return problems;
    }

    private static string? Read(string line, MemorySeries series)
    {
        var brace = line.IndexOf('{');
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var end = brace < 0 ? line.IndexOf(' ') : Labels(line, brace + 1, labels);
        if (end < 0)
        {
            return "the labels are not closed";
        }

        if (brace != 0)
        {
            labels["__name__"] = line[..(brace < 0 ? end : brace)];
        }

        if (PrometheusMetric.Of(name => labels.GetValueOrDefault(name)) is not { } metric)
        {
            return null;
        }

        var fields = line[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields switch
        {
            [var value, var at] when Number(value) is { } bytes && Number(at) is { } instant => Add(series, metric, bytes, instant),
            [_] => "there is no instant; promtool tsdb dump prints one, a scrape does not",
            _ => $"'{line[end..].Trim()}' is no value and instant",
        };
    }

    private static string? Add(MemorySeries series, PrometheusMetric metric, double bytes, double instant)
    {
        // Prometheus marks the end of a series with a NaN.
        if (double.IsNaN(bytes))
        {
            return null;
        }

        var milliseconds = Math.Round(Math.Abs(instant) < FewestMilliseconds ? instant * 1000 : instant);
        if (bytes is < 0 or > 1e18 || milliseconds is not (> 0 and < 253_402_300_799_000))
        {
            return "this is no amount of memory at an instant";
        }

        series.Add(metric.Instance, metric.Cell, metric.Kind, DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds), (long)bytes / 1024);
        return null;
    }

    internal static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Reads name="value" pairs up to the brace; gives the place behind it, or -1.
    private static int Labels(string line, int at, Dictionary<string, string> labels)
    {
        while (at < line.Length)
        {
            if (line[at] == '}')
            {
                return at + 1;
            }

            var equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
            if (equals < 0)
            {
                return -1;
            }

            var name = line[at..equals].Trim(',', ' ');
            var value = new StringBuilder();
            for (at = equals + 2; at < line.Length && line[at] != '"'; at++)
            {
                value.Append(line[at] == '\\' && at + 1 < line.Length ? line[++at] : line[at]);
            }

            labels[name] = value.ToString();
            at++;
        }

        return -1;
    }

    internal static string? Add(MemorySeries series, PrometheusMetric metric, string? value, double instant) =>
        Number(value ?? "") is { } bytes ? Add(series, metric, bytes, instant) : $"'{value}' is no number";
}
