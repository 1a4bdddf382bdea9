using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The verdicts on one guest as they are found: a new stretch begins where something about them changes. What was judged once is not judged
/// again: hosts come back to what they were.
/// </summary>
internal sealed class VerdictRecord
{
    private readonly List<VerdictInterval> _intervals = [];
    private readonly Dictionary<Grounds, Judgement> _judged = [];
    private FitQuestion? _question;
    private Grounds? _grounds;
    private VerdictInterval? _open;

    /// <summary>The step that free memory was on when it was last judged.</summary>
    public int MemoryStep { get; set; }

    public void Judge(DateTimeOffset at, string host, FitQuestion question, bool asksMemory, Func<IReadOnlyList<HistoryFact>> by)
    {
        var grounds = Grounds.Of(question, asksMemory);
        if (_open?.Host == host && grounds.Equals(_grounds))
        {
            return;
        }

        (_question, _grounds) = (question, grounds);
        var judgement = _judged.TryGetValue(grounds, out var known) ? known : _judged[grounds] = Judgement.Of(FitCheck.Check(question));
        if (_open is { } open && open.Host == host && judgement.IsOfTheSame(open))
        {
            return;
        }

        End(at);
        _open = new VerdictInterval(
            at, at, host, judgement.Situation, judgement.Verdict, judgement.Because, judgement.Text, question, by());
    }

    /// <summary>Whether another guest's pinning, as it came or as it went, may change the verdict that was found last.</summary>
    public bool Heeds(GuestPins rival) => _question is null || Rivals.MayMatter(_question, rival);

    /// <summary>The guest is nowhere from here on.</summary>
    public void End(DateTimeOffset at)
    {
        if (_open is { } open && at > open.From)
        {
            _intervals.Add(open with { To = at });
        }

        _open = null;
    }

    public IReadOnlyList<VerdictInterval> Close(DateTimeOffset until)
    {
        // What begins at the very end has no length, and is what holds there.
        if (_open is { } open && open.From >= until)
        {
            _intervals.Add(open with { To = until });
            _open = null;
        }

        End(until);
        return _intervals;
    }
}
