using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// A blame as a few sentences: the verdict, since when, by what, what else came with it, when it last fitted. Asked is the moment it is about, again the
/// options that name it.
/// </summary>
internal sealed class BlameRendering(Func<string, string> hostName, DateTimeOffset asked, string again) : IRendering<BlameItem>
{
    public string[] Fields => ["guest", "host", "verdict", "since", "lastFitted", "position", "type", "observedAt", "recordedAt", "code", "text", "ended"];

    public IEnumerable<object?[]> Records(BlameItem item) =>
    [
        [
            item.Guest, item.Host, FitWording.Of(item.Verdict), item.Since, item.LastFitted, item.Event?.Position, item.Event?.Type,
            item.Event?.ObservedAt, item.Event?.RecordedAt, item.Findings.FirstOrDefault()?.Code, item.Findings.FirstOrDefault()?.Text, item.Ended,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<BlameItem> items, Look look)
    {
        foreach (var item in items)
        {
            foreach (var (word, text) in Lines(item, look))
            {
                var line = Cleaned.Text($"{word,-13}{text}").TrimEnd();
                output.Write((word == "verdict" ? Paint.Verdict(item.Verdict, line, look) : line) + "\n");
            }
        }
    }

    private IEnumerable<(string Word, string Text)> Lines(BlameItem item, Look look)
    {
        var worst = item.Findings.FirstOrDefault(finding => finding.Verdict == item.Verdict);
        var where = item.Ended is { } end
            ? $"{item.Guest} was pinned on {item.Host} until {Show.Time(end, look)}: {FitWording.Of(item.Verdict)} then"
            : $"{item.Guest} on {item.Host}: {FitWording.Of(item.Verdict)}";
        yield return ("verdict", $"{where}{(worst is null ? "" : $", {worst.Text}")}");
        foreach (var line in item.Since is { } since ? Step(item, since, look) : [])
        {
            yield return line;
        }

        if (item.EndedBy is { } last)
        {
            yield return ("ended by", Event(last, look));
        }

        if (item.Ended is not null || item.Since is not null)
        {
            yield return ("next", $"numa-history {(item.Ended is null ? "fit" : "history")} {item.Guest}{again}");
        }
    }

    private IEnumerable<(string Word, string Text)> Step(BlameItem item, DateTimeOffset since, Look look)
    {
        yield return (
            "since",
            $"{Show.Time(since, look)}, for {TimeText.Age((item.Ended ?? asked) - since)}{(item.Ended is { } end ? $" until {Show.Time(end, look)}" : "")}");
        yield return ("last fitted", item.LastFitted is { } fitted ? $"until {Show.Time(fitted, look)}" : "never since it was first seen");
        if (item.Event is { } cause)
        {
            yield return ("by", Event(cause, look));
        }

        var changes = Consequences.Shown(item.Changes, look);
        foreach (var change in changes.Take(look.Wide ? int.MaxValue : 8))
        {
            yield return ("changed", ChangeWords.Line(change, look));
        }

        if (changes.Count > 8 && !look.Wide)
        {
            yield return ("", $"and {changes.Count - 8} more; numa-history diff {item.Host} names all, -o wide here");
        }

        foreach (var setting in item.Settings)
        {
            yield return ("setting", $"{setting.Name}: {setting.Before ?? "?"} -> {setting.After ?? "?"}");
        }

        foreach (var other in item.With)
        {
            yield return ("with", Event(other, look));
        }

        foreach (var also in item.Also)
        {
            yield return ("also broke", $"{also.Guest}: {FitWording.Of(also.Verdict)}, {string.Join(", ", also.Because)}");
        }
    }

    private string Event(BlameEvent cause, Look look)
    {
        var who = cause.Why is { } why ? $", {cause.Who ?? "somebody"}: {why}" : "";
        var late = cause.RecordedAt - cause.ObservedAt > TimeSpan.FromMinutes(1) ? $", recorded {Show.Time(cause.RecordedAt, look)}" : "";
        return $"#{cause.Position} {cause.Type} at {Show.Time(cause.ObservedAt, look)}{late}{who}{Fact(cause, look)}";
    }

    private string Fact(BlameEvent cause, Look look)
    {
        if (cause.After is not { } data)
        {
            return "";
        }

        var fact = EventJson.Read(cause.Type, data);
        var mark = Backfill.Made(fact) ? " (backfilled)" : "";
        var words = fact is IGuestFact guest
            ? PinningSummary.Of(guest, cause.Before is { } before && EventJson.Read(cause.Type, before) is PinningObserved was ? was.Pins : null, hostName)
            : FactSummary.Of(fact, look);
        return (words.Length > 0 ? $" ({words})" : "") + mark;
    }
}
