using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.State;

/// <summary>
/// Which of two facts about one facet is in force: the one observed later; at one instant the one whose canonical text is
/// greater, so that the order of arrival never decides.
/// </summary>
public static class Newest
{
    /// <summary>The newer of the two; the known one when they are the same.</summary>
    public static T Of<T>(T? known, T fact)
        where T : class, IHostFact => known is null || Compare(known, fact) < 0 ? fact : known;

    /// <summary>Orders facts of one facet by observed time, then by canonical text.</summary>
    public static int Compare(IHostFact left, IHostFact right)
    {
        var byTime = left.ObservedAt.CompareTo(right.ObservedAt);
        return byTime != 0 ? byTime : EventJson.Write(left).AsSpan().SequenceCompareTo(EventJson.Write(right));
    }
}
