using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.State;

/// <summary>
/// Which of two facts about one facet is in force: the one observed later; at one instant the one whose canonical text
/// is greater, so that the order of arrival never decides.
/// </summary>
public static class Newest
{
    /// <summary>The newer of the two; the known one when they are the same.</summary>
    public static T Of<T>(T? known, T fact)
        where T : class, IHostFact => known is null || Compare(known, fact) < 0 ? fact : known;

    /// <summary>The one that holds of two facts about what was seen: one that was observed outranks one that was backfilled, whenever
    /// either was; then the newer.</summary>
    public static T Seen<T>(T? known, T fact)
        where T : class, IHostFact => known is not null && Backfill.Made(known) != Backfill.Made(fact)
            ? (Backfill.Made(known) ? fact : known)
            : Of(known, fact);

    /// <summary>The newer of two facts that name the host; the known one when they are the same.</summary>
    public static IHostFact Naming(IHostFact? known, IHostFact fact) =>
        known is null || CompareNames(known, fact) < 0 ? fact : known;

    /// <summary>
    /// Orders facts of one facet by observed time; at one instant what was backfilled yields, then by canonical text of what they say
    /// in that facet.
    /// </summary>
    public static int Compare(IHostFact left, IHostFact right)
    {
        var byTime = left.ObservedAt.CompareTo(right.ObservedAt);
        var byMaking = Backfill.Made(right).CompareTo(Backfill.Made(left));
        return byTime != 0 ? byTime : byMaking != 0 ? byMaking : ByText(Bare(left), Bare(right));
    }

    /// <summary>
    /// Orders facts that name the host. A renaming is newer than any boot's name, whenever it was: every change of name
    /// is recorded as one, and boots name only a host that always had one name. Then by observed time, name and text.
    /// </summary>
    public static int CompareNames(IHostFact left, IHostFact right)
    {
        var byKind = (left is HostRenamed).CompareTo(right is HostRenamed);
        var byTime = left.ObservedAt.CompareTo(right.ObservedAt);
        var byName = string.CompareOrdinal(HostState.NameOf(left), HostState.NameOf(right));
        return byKind != 0 ? byKind : byTime != 0 ? byTime : byName != 0 ? byName : ByText(left, right);
    }

    /// <summary>
    /// The fact without what belongs to another facet (the name in a boot) or moves without meaning anything.
    /// </summary>
    internal static IHostFact Bare(IHostFact fact) =>
        fact is HostBooted booted ? booted with { Name = "", BootedAt = Settled(booted) } : fact;

    // The kernel computes btime from the wall clock: under one boot id it may move by a second without meaning
    // anything.
    private static DateTimeOffset? Settled(HostBooted booted) => booted.BootId is null ? booted.BootedAt : null;

    private static int ByText(IHostFact left, IHostFact right) =>
        EventJson.Write(left).AsSpan().SequenceCompareTo(EventJson.Write(right));
}
