using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>A past decision as a few sentences: what was decided, known then, true then, what came late, and what became of it.</summary>
internal sealed class HindsightRendering(Func<string, string> hostName) : IRendering<HindsightItem>
{
    private const int Some = 4;

    public string[] Fields => ["guest", "host", "position", "decidedAt", "recordedAt", "by", "why", "known", "actual", "differs", "late", "held", "share"];

    public IEnumerable<object?[]> Records(HindsightItem item) =>
    [
        [
            item.Guest, item.Host, item.Position, item.DecidedAt, item.RecordedAt, item.By, item.Why, FitWording.Of(item.Known.Verdict),
            FitWording.Of(item.Actual.Verdict), item.Differs, string.Join(' ', item.Late.Select(late => late.Position)), item.Since.Held, item.Since.Share,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<HindsightItem> items, Look look)
    {
        foreach (var item in items)
        {
            foreach (var (word, text, verdict) in Lines(item, look))
            {
                var line = Cleaned.Text($"{word,-13}{text}").TrimEnd();
                output.Write((verdict is { } paint ? Paint.Verdict(paint, line, look) : line) + "\n");
            }
        }
    }

    private IEnumerable<(string Word, string Text, Verdict? Verdict)> Lines(HindsightItem item, Look look)
    {
        var pins = $"{PinningSummary.Pins(item.Pins, null)}{(item.Pins.Exclusive == true ? ", exclusive" : "")}";
        yield return ("decided", $"{item.Guest}: {pins}, on {item.Host} at {Show.Time(item.DecidedAt, look)} (#{item.Position}, {item.By}: {item.Why})", null);
        yield return ("known then", Of(item.Known), item.Known.Verdict);
        yield return ("true then", Of(item.Actual), item.Actual.Verdict);
        var late = item.Late.Any(one => one.Decisive) && !look.Wide ? [.. item.Late.Where(one => one.Decisive)] : item.Late;
        foreach (var one in late.Take(look.Wide ? int.MaxValue : Some))
        {
            yield return ("late", Of(one, look), null);
        }

        if (item.Late.Count > Math.Min(late.Count, Some) && !look.Wide)
        {
            yield return ("", $"and {item.Late.Count - Math.Min(late.Count, Some)} more that came late; -o wide lists them", null);
        }

        yield return ("since then", Since(item.Since, look), null);
        foreach (var stretch in Stretch.Of(item.Since.Intervals).Where(stretch => stretch.Verdict != Verdict.Fits).Take(look.Wide ? int.MaxValue : Some))
        {
            yield return ("", $"{FitWording.Of(stretch.Verdict)} from {Show.Time(stretch.From, look)} to {Show.Time(stretch.To, look)}: {stretch.Text}", stretch.Verdict);
        }
    }

    private static string Of(HindsightVerdict verdict)
    {
        var worst = verdict.Findings.FirstOrDefault(finding => finding.Verdict == verdict.Verdict && verdict.Verdict != Verdict.Fits);
        return $"{FitWording.Of(verdict.Verdict)}{(worst is null ? "" : $", {worst.Text}")}";
    }

    private string Of(LateItem late, Look look)
    {
        var fact = late.Data is { } data ? EventJson.Read(late.Type, data) : null;
        var words = fact switch
        {
            IGuestFact guest => PinningSummary.Of(guest, null, hostName),
            { } of => FactSummary.Of(of, look),
            null => "",
        };
        return $"#{late.Position} {late.Type} at {Show.Time(late.ObservedAt, look)}, recorded {Show.Time(late.RecordedAt, look)}{(words.Length > 0 ? $" ({words})" : "")}";
    }

    private static string Since(HindsightSince since, Look look) => since.Share switch
    {
        null => $"nothing is known until {Show.Time(since.Until, look)}",
        0 => $"it never fitted until {Show.Time(since.Until, look)}",
        1 => $"it fitted all the time until {Show.Time(since.Until, look)}",
        { } share => $"it fitted {Share.Of(share)} of the time until {Show.Time(since.Until, look)}",
    };
}
