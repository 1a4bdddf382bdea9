using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.State;

/// <summary>
/// What was not seen but read afterwards from what a host had kept: logs, an archive of definitions, somebody else's samples. It counts
/// where nobody looked, and for nothing as soon as somebody did.
/// </summary>
public static class Backfill
{
    /// <summary>The word of every such fact in place of a source.</summary>
    public const string Source = "backfill";

    /// <summary>The origin of such decisions, and the header of every such event.</summary>
    public const string Origin = "backfilled";

    /// <summary>Whether a fact says of itself that it was backfilled.</summary>
    public static bool Made(IHostFact? fact) => fact switch
    {
        PinningDecided decided => decided.Origin == Origin,
        PinningReleased released => released.Origin == Origin,
        IGuestFact guest => SourceOf(guest) == Source,
        null => false,
        _ => HostState.SourceOf(fact) == Source,
    };

    private static string? SourceOf(IGuestFact fact) => fact switch
    {
        GuestSeen seen => seen.Source,
        GuestStarted started => started.Source,
        GuestStopped stopped => stopped.Source,
        GuestGone gone => gone.Source,
        GuestIdentified identified => identified.Source,
        GuestMigrating migrating => migrating.Source,
        PinningObserved observed => observed.Source,
        PinningGone gone => gone.Source,
        _ => null,
    };
}
