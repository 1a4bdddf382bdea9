namespace NumaHistory.Schema.Replay;

/// <summary>
/// When a guest would have fitted on a host (key; null: on any host of the fleet), in order; stretches follow each other without a hole from the moment
/// on at which the host is first known.
/// </summary>
public sealed record PlacementHistory(string? Host, IReadOnlyList<PlacementStretch> Stretches)
{
    /// <summary>How much of the time somebody can tell.</summary>
    public TimeSpan Known => Sum(null);

    /// <summary>The part of that time in which it would have fitted, 0 to 1; null = nobody can tell at all.</summary>
    public double? Share => Known > TimeSpan.Zero ? Sum(true) / Known : null;

    /// <summary>Whether it would have fitted at the end.</summary>
    public bool? FitsAtEnd => Stretches.Count > 0 ? Stretches[^1].Fits : null;

    /// <summary>The longest time through which it fitted, or did not, for whatever reasons; time of which nobody can tell ends it. The first of several.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Longest(bool fits)
    {
        (DateTimeOffset From, DateTimeOffset To)? longest = null;
        PlacementStretch? run = null;
        foreach (var stretch in Stretches)
        {
            run = stretch.Fits != fits ? null : run is null ? stretch : run with { To = stretch.To };
            if (run is not null && run.Length > (longest is { } known ? known.To - known.From : TimeSpan.Zero))
            {
                longest = (run.From, run.To);
            }
        }

        return longest;
    }

    private TimeSpan Sum(bool? fits) => Stretches.Where(stretch => stretch.Fits is { } known && (fits is null || known == fits))
        .Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Length);
}
