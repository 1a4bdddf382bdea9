using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Keeps looks at guests from the store in which nothing moved: a source gives the same values again for what it read again. Now and then they go there all
/// the same, since people declare things of guests meanwhile.
/// </summary>
internal sealed class GuestKeeper(Outbox outbox, SamplerOptions options)
{
    private Observation? _last;
    private DateTimeOffset _handed;

    /// <summary>Takes the guests of a look; <paramref name="again"/> hands them over whatever they are, since the source had failed.</summary>
    public void Take(Observation seen, bool again)
    {
        if (seen.Guests is not { } guests)
        {
            return;
        }

        if (again || _last is null || seen.ObservedAt - _handed >= options.Look || !Same(guests, _last.Guests!) || !SameUnread(seen, _last))
        {
            _handed = seen.ObservedAt;
            outbox.Add(new Waiting.Guests(seen with { Topology = null, Memory = null, Raw = null }));
        }

        _last = seen;
    }

    private static bool Same(IReadOnlyList<GuestPins> left, IReadOnlyList<GuestPins> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => ReferenceEquals(pair.First, pair.Second));

    private static bool SameUnread(Observation left, Observation right) =>
        (left.UnreadGuests ?? []).SequenceEqual(right.UnreadGuests ?? []);
}
