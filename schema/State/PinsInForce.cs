using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>
/// The pinning that counts in one layer: the fact that holds it, the decision behind it (null where nobody decided that these vCPUs and this
/// memory are there), and on which host and since when its numbers mean what they say. Undone = a decision for that host which the layer does not carry
/// out, or not wholly; null = there is none.
/// </summary>
public sealed record PinsInForce(GuestPins Pins, IGuestFact Fact, PinningDecided? Decision, PinningDecided? Undone = null)
{
    /// <summary><c>observed</c>, <c>backfilled</c>, or where the decision came from.</summary>
    public string Origin => Fact is PinningDecided decided ? decided.Origin : Backfill.Made(Fact) ? Backfill.Origin : "observed";

    /// <summary>The fact in whose circumstances the numbers were chosen.</summary>
    public IGuestFact Made => Decision ?? Fact;
}
