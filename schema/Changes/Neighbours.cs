using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What is recorded of one facet around the moment of an observation, by observed time.
/// </summary>
/// <param name="Before">The fact in force at that moment, itself included; null if none.</param>
/// <param name="After">The next fact strictly later, or null.</param>
/// <param name="ConfirmedNext">
/// The first moment strictly later, before <paramref name="After"/>, at which the source looked and saw <paramref name="Before"/> still
/// hold; null if none. Of health without a fact before: at which the source answered.
/// </param>
public sealed record Neighbours(IHostFact? Before, IHostFact? After, DateTimeOffset? ConfirmedNext)
{
    /// <summary>Nothing is recorded of the facet.</summary>
    public static readonly Neighbours None = new(null, null, null);

    /// <summary>Whether the source had looked at that very moment already and seen <see cref="Before"/> still hold.</summary>
    public bool ConfirmedNow { get; init; }

    /// <summary>
    /// The neighbours of a moment among facts of one facet and moments at which the facet was looked at, both in any order.
    /// It is enough to give the facts in force at that moment (all of that instant), the next later one, and the looks from that moment to it.
    /// Of health, looks are those that went as <see cref="Before"/> says: that failed after a failure, else that answered.
    /// </summary>
    public static Neighbours Around(
        Facet facet, DateTimeOffset at, IEnumerable<IHostFact> facts, IEnumerable<DateTimeOffset> looks)
    {
        var order = Comparer<IHostFact>.Create(facet == Facet.Name ? Newest.CompareNames : Newest.Compare);
        var all = facts.ToLookup(fact => fact.ObservedAt <= at);
        var before = all[true].Max(order);
        var after = all[false].MinBy(fact => fact.ObservedAt);
        var confirmed = looks.Where(look => look >= at && !(after?.ObservedAt <= look)).ToLookup(look => look == at);
        return new Neighbours(before, after, confirmed[false].Select(look => (DateTimeOffset?)look).Min())
        {
            ConfirmedNow = before?.ObservedAt < at && confirmed[true].Any(),
        };
    }
}
