using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Replay;

/// <summary>What is to be asked about one guest as time passes: a new stretch begins where a ground of its verdict changes.</summary>
internal sealed class AskedGuest(Guid guest, KnownTopologies topologies)
{
    private readonly List<AskedStretch> _stretches = [];

    public Guid Guest { get; } = guest;

    public IReadOnlyList<AskedStretch> Stretches => _stretches;

    public void Ask(Moments.Moment moment, string host, FitQuestion question)
    {
        var grounds = Grounds.Of(question, topologies);
        if (_stretches is not [.., { } last] || last.Host != host || !grounds.Equals(last.Grounds))
        {
            _stretches.Add(new AskedStretch(moment.At, host, question, grounds, AsksMemory(question), moment));
        }
    }

    /// <summary>The guest is nowhere from here on.</summary>
    public void End(Moments.Moment moment)
    {
        if (_stretches is [.., { Question: not null } last])
        {
            _stretches.Add(new AskedStretch(moment.At, last.Host, null, null, false, moment));
        }
    }

    /// <summary>Whether another guest's pinning, as it came or as it went, may change the verdict.</summary>
    public bool Heeds(GuestPins rival) => _stretches is [.., { Question: { } question }] && Rivals.MayMatter(question, rival);

    // A guest that holds its memory asks for none.
    private static bool AsksMemory(FitQuestion question) =>
        question.Situation != Situation.Running && !(question.HoldsMemoryThere && question.Situation == Situation.Start) && MemoryStep.Asks(question);
}
