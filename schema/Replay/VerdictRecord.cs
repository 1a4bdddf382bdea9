using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The verdicts on one guest, found out of what was asked about it: a new stretch begins where something about them changes. What was judged
/// once is not judged again: hosts come back to what they were.
/// </summary>
internal sealed class VerdictRecord(AskedGuest asked, HostEdits edits)
{
    private readonly List<VerdictInterval> _intervals = [];
    private readonly Dictionary<Grounds, Judgement> _judged = [];
    private VerdictInterval? _open;
    private Judgement? _last;

    public IReadOnlyList<VerdictInterval> Until(DateTimeOffset end, IReadOnlyDictionary<string, IReadOnlyList<HourMemory>> hours)
    {
        for (var i = 0; i < asked.Stretches.Count; i++)
        {
            var stretch = asked.Stretches[i];
            if (stretch.Question is not { } question)
            {
                End(stretch.From);
            }
            else if (stretch.AsksMemory)
            {
                var next = i + 1 < asked.Stretches.Count ? asked.Stretches[i + 1].From : end.AddTicks(1);
                Judge(stretch, question, hours.GetValueOrDefault(stretch.Host, []), next);
            }
            else
            {
                Add(stretch.From, stretch, question, Known(stretch.Grounds!, question));
            }
        }

        return Close(end);
    }

    private Judgement Known(Grounds grounds, FitQuestion question) =>
        _judged.TryGetValue(grounds, out var known) ? known : _judged[grounds] = Judgement.Of(FitCheck.Check(question));

    // Free memory is another one every hour, but says something new only where it crosses what the guest needs.
    private void Judge(AskedStretch stretch, FitQuestion question, IReadOnlyList<HourMemory> hours, DateTimeOffset next)
    {
        var hour = LastBy.Index(hours, one => one.From, stretch.From);
        var step = JudgeWith(hour, stretch.From, null);
        for (hour++; hour < hours.Count && hours[hour].From < next; hour++)
        {
            step = JudgeWith(hour, hours[hour].From, step);
        }

        int JudgeWith(int hour, DateTimeOffset at, int? before)
        {
            var memory = hour < 0 ? null : hours[hour].Least;
            var edited = memory is null || question.Host.Topology is null ? memory : edits.Of(memory);
            var step = MemoryStep.Of(question, edited);
            if (step != before)
            {
                var full = question with { Host = question.Host with { Memory = edited } };
                Add(at, stretch, full, Judgement.Of(FitCheck.Check(full)));
            }

            return step;
        }
    }

    private void Add(DateTimeOffset at, AskedStretch stretch, FitQuestion question, Judgement judgement)
    {
        if (_open is { } open && open.Host == stretch.Host && judgement.IsTheSameAs(_last!))
        {
            return;
        }

        _last = judgement;

        End(at);
        _open = new VerdictInterval(
            at, at, stretch.Host, judgement.Situation, judgement.Verdict, judgement.Because, judgement.Text, question,
            at == stretch.From ? stretch.Moment.FactsOf(stretch.Host, asked.Guest) : []);
    }

    private void End(DateTimeOffset at)
    {
        if (_open is { } open && at > open.From)
        {
            _intervals.Add(open with { To = at });
        }

        _open = null;
    }

    private IReadOnlyList<VerdictInterval> Close(DateTimeOffset end)
    {
        // What begins at the very end has no length, and is what holds there.
        if (_open is { } open && open.From >= end)
        {
            _intervals.Add(open with { To = end });
            _open = null;
        }

        End(end);
        return _intervals;
    }
}
