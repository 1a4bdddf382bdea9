using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What is recorded of one facet around the moment of an observation, by observed time.
/// </summary>
/// <param name="Before">The fact in force at that moment, or null.</param>
/// <param name="After">The next later fact, or null.</param>
/// <param name="ConfirmedNext">
/// The first later moment, before <paramref name="After"/>, at which the source looked and saw <paramref name="Before"/> still hold; null if none.
/// </param>
public sealed record Neighbours(IHostFact? Before, IHostFact? After, DateTimeOffset? ConfirmedNext)
{
    /// <summary>Nothing is recorded of the facet.</summary>
    public static readonly Neighbours None = new(null, null, null);
}
