using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What is recorded of one facet around the moment of an observation, by observed time.
/// </summary>
/// <param name="Before">The fact in force at that moment, itself included; null if none.</param>
/// <param name="After">The next fact strictly later, or null.</param>
/// <param name="ConfirmedNext">
/// The first moment strictly later, before <paramref name="After"/>, at which the source looked and saw <paramref
/// name="Before"/> still hold; null if none. Of health without a fact before: at which the source answered.
/// </param>
public sealed record Neighbours(IHostFact? Before, IHostFact? After, DateTimeOffset? ConfirmedNext)
{
    /// <summary>Nothing is recorded of the facet.</summary>
    public static readonly Neighbours None = new(null, null, null);

    /// <summary>
    /// Whether the source had looked at that very moment already and seen <see cref="Before"/> still hold.
    /// </summary>
    public bool ConfirmedNow { get; init; }

    /// <summary>Whether something was said at that very moment already, be it that nothing changed.</summary>
    internal bool IsAt(DateTimeOffset at) => ConfirmedNow || Before?.ObservedAt == at;

    /// <summary>
    /// The neighbours of a moment among facts of one facet and moments at which the source looked, all in any order. It
    /// is enough to give the newest facts up to that moment and the first later ones (of the name: those of boots and
    /// of renamings), with all of one instant, and the looks from that moment to the first later fact.
    /// </summary>
    /// <param name="facet">The facet.</param>
    /// <param name="at">The moment.</param>
    /// <param name="facts">The facts of that facet; of the name: boots of all sources and renamings.</param>
    /// <param name="answered">Looks at the facet that went well.</param>
    /// <param name="failed">Looks that failed, as far as they are known; they confirm a failure.</param>
    public static Neighbours Around(
        Facet facet,
        DateTimeOffset at,
        IEnumerable<IHostFact> facts,
        IEnumerable<DateTimeOffset> answered,
        IEnumerable<DateTimeOffset> failed)
    {
        var order = Comparer<IHostFact>.Create(facet == Facet.Name ? Newest.CompareNames : Newest.Compare);
        var all = facts.ToLookup(fact => fact.ObservedAt <= at);
        var next = all[false].Select(fact => (DateTimeOffset?)fact.ObservedAt).Min();
        var before = all[true].Max(order);
        var after = all[false].Where(fact => fact.ObservedAt == next).Max(order);
        var looks = (before is SourceFailed ? failed : answered)
            .Where(look => look >= at && !(next <= look))
            .ToLookup(look => look == at);
        return new Neighbours(before, after, looks[false].Select(look => (DateTimeOffset?)look).Min())
        {
            ConfirmedNow = before?.ObservedAt < at && looks[true].Any(),
        };
    }
}
