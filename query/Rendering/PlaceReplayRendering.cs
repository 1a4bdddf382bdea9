using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>When a guest would have fitted: of one host its stretches, of several a line each with a strip of the whole time.</summary>
internal sealed class PlaceReplayRendering(DateTimeOffset since, DateTimeOffset until) : IRendering<PlacementReplayItem>
{
    private const int Strip = 24;

    public string[] Fields => ["host", "from", "to", "fits", "because", "text"];

    public IEnumerable<object?[]> Records(PlacementReplayItem item) => item.Intervals.Select(interval => new object?[]
    {
        item.Host, interval.From, interval.To, interval.Fits, string.Join(' ', interval.Because), interval.Text,
    });

    public void Write(TextWriter output, IReadOnlyList<PlacementReplayItem> items, Look look)
    {
        if (items.Count > 1)
        {
            WriteList(output, items, look);
        }

        foreach (var item in items.Count == 1 || look.Wide ? items : [])
        {
            WriteOne(output, item, look);
        }
    }

    private void WriteList(TextWriter output, IReadOnlyList<PlacementReplayItem> items, Look look)
    {
        var table = new Table(
            "host", "fits", Column.Right("fitted"), "longest gap", "longest fit", "first", "last", $"since {Show.Time(since, look)}", "why not");
        foreach (var item in items)
        {
            table.Row(
                item.Host ?? "any", Word(item.Fits), Share.Of(item.Share), Length(item.LongestGap), Length(item.LongestFit), Time(item.First, look),
                Time(item.Last, look), Picture(item, look), item.Intervals.LastOrDefault(interval => interval.Text is not null)?.Text ?? "");
        }

        table.Write(output, look, (row, line) => Colored(items[row].Fits, line, look));
    }

    private static void WriteOne(TextWriter output, PlacementReplayItem item, Look look)
    {
        output.Write(Colored(item.Fits, Cleaned.Text(Sentence(item, look)), look) + "\n");
        var table = new Table("from", "to", "fits", "why not");
        foreach (var interval in item.Intervals)
        {
            table.Row(Show.Time(interval.From, look), Show.Time(interval.To, look), Word(interval.Fits), interval.Text ?? "");
        }

        table.Write(output, look, (row, line) => Colored(item.Intervals[row].Fits, line, look));
    }

    private static string Sentence(PlacementReplayItem item, Look look)
    {
        var where = item.Host is { } host ? $"on {host}" : "on some host";
        var known = item.Intervals.Any(interval => interval.Fits is null) ? " that is known" : "";
        return item.Share switch
        {
            null => $"nobody can tell whether it would have fitted {where}: {(item.Intervals.Count == 0 ? "nothing was recorded then" : "what was known then is too old or not enough")}.",
            1 => $"it would have fitted {where} all the time{known}.",
            0 => $"it would never have fitted {where}{(known.Length > 0 ? ", as far as is known" : "")}.",
            var share => $"it would have fitted {where} {Share.Of(share)} of the time{known}; longest gap {Span(item.LongestGap!, look)}; longest fit {Span(item.LongestFit!, look)}.",
        };
    }

    private static string Span(SpanItem span, Look look) => $"{Length(span)} from {Show.Time(span.From, look)} to {Show.Time(span.To, look)}";

    private static string Length(SpanItem? span) => span is null ? "" : Duration.Print(TimeSpan.FromSeconds(Math.Round((span.To - span.From).TotalSeconds)));

    private static string Time(DateTimeOffset? at, Look look) => at is null ? "" : Show.Time(at, look)!;

    // Null stays not known.
    private static string? Word(bool? fits) => fits switch { true => "yes", false => "no", null => null };

    private static string Colored(bool? fits, string line, Look look) =>
        Paint.Verdict(fits switch { true => Verdict.Fits, false => Verdict.Broken, null => Verdict.Unknown }, line, look);

    // A step of the strip shows the worst of what it covers.
    private string Picture(PlacementReplayItem item, Look look)
    {
        var step = (until - since) / Strip;
        return string.Concat(Enumerable.Range(0, Strip).Select(i =>
        {
            var (from, to) = (since + (i * step), since + ((i + 1) * step));
            var covered = item.Intervals.Where(interval => interval.From < to && interval.To > from).Select(interval => interval.Fits).ToList();
            return covered.Count == 0 ? ' ' : covered.Contains(false) ? 'X' : covered.Contains(null) ? '?' : look.Ascii ? '=' : '█';
        }));
    }
}
