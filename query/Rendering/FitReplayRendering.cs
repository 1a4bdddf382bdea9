using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Verdicts over time: of one guest its stretches, of several a line each with a strip of the whole time.</summary>
internal sealed class FitReplayRendering(DateTimeOffset since) : IRendering<FitReplayItem>
{
    private const int Strip = 24;

    public string[] Fields => ["guest", "host", "from", "to", "situation", "verdict", "because", "text"];

    public IEnumerable<object?[]> Records(FitReplayItem item) => item.Intervals.Select(interval => new object?[]
    {
        item.Guest, interval.Host, interval.From, interval.To, FitWording.Of(interval.Situation), FitWording.Of(interval.Verdict),
        string.Join(' ', interval.Because), interval.Text,
    });

    public void Write(TextWriter output, IReadOnlyList<FitReplayItem> items, Look look)
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

    private void WriteList(TextWriter output, IReadOnlyList<FitReplayItem> items, Look look)
    {
        var table = new Table("guest", "host", "verdict", Column.Right("fitted"), $"since {Show.Time(since, look)}", "because");
        foreach (var item in items)
        {
            table.Row(
                item.Guest, item.Host, FitWording.Of(item.Verdict), Share.Of(item.Share), Picture(item, look),
                item.Intervals[^1].Text ?? item.Intervals.LastOrDefault(interval => interval.Text is not null)?.Text ?? "");
        }

        table.Write(output, look, (row, line) => Paint.Verdict(items[row].Verdict, line, look));
    }

    private static void WriteOne(TextWriter output, FitReplayItem item, Look look)
    {
        output.Write(Paint.Verdict(item.Verdict, Cleaned.Text(Sentence(item)), look) + "\n");
        var table = new Table("from", "to", "host", "situation", "verdict", "because");
        var stretches = Stretch.Of(item.Intervals);
        foreach (var stretch in stretches)
        {
            table.Row(
                Show.Time(stretch.From, look), Show.Time(stretch.To, look), stretch.Host, stretch.Situations, FitWording.Of(stretch.Verdict), stretch.Text ?? "");
        }

        table.Write(output, look, (row, line) => Paint.Verdict(stretches[row].Verdict, line, look));
        if (item.Worst is { } worst)
        {
            var left = worst.LeftKiB < 0 ? $"{Show.Size(-worst.LeftKiB, look)} short" : $"{Show.Size(worst.LeftKiB, look)} to spare";
            output.Write($"tightest: the hour from {Show.Time(worst.Hour, look)}, cell {worst.Cell}: {Show.Size(worst.NeedKiB, look)} wanted, {left}\n");
        }
    }

    private static string Sentence(FitReplayItem item) => item.Share switch
    {
        null => $"nobody can tell whether {item.Guest} fitted: nothing was recorded then.",
        1 => $"{item.Guest} fitted all the time.",
        0 => $"{item.Guest} never fitted.",
        _ => $"{item.Guest} fitted {Share.Of(item.Share)} of the time.",
    };

    // A step of the strip shows the worst of what it covers.
    private string Picture(FitReplayItem item, Look look)
    {
        var step = (item.At - since) / Strip;
        return string.Concat(Enumerable.Range(0, Strip).Select(i =>
        {
            var (from, to) = (since + (i * step), since + ((i + 1) * step));
            var covered = item.Intervals.Where(interval => interval.From < to && interval.To > from).ToList();
            return covered.Count == 0 ? ' ' : Mark(covered.Max(interval => interval.Verdict), look);
        }));
    }

    private static char Mark(Verdict verdict, Look look) => verdict switch
    {
        Verdict.Broken => 'X',
        Verdict.Unknown => '?',
        Verdict.Degraded => look.Ascii ? '-' : '▄',
        _ => look.Ascii ? '=' : '█',
    };
}
