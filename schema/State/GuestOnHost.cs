using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>What was seen of a guest on one host: the newest fact of each kind, what was backfilled only where nothing was seen. Presence is a
/// start, a stop or that it is gone; a layer's fact is what was seen of it, or that it is gone.</summary>
public sealed record GuestOnHost(
    string Host,
    GuestSeen? Seen = null,
    IGuestFact? Presence = null,
    IGuestFact? ConfigFact = null,
    IGuestFact? LiveFact = null,
    IGuestFact? SavedImageFact = null)
{
    /// <summary>The definition that the next start takes; null where there is none, or it was taken back.</summary>
    public PinningObserved? Config => ConfigFact as PinningObserved;

    /// <summary>What runs, or ran last.</summary>
    public PinningObserved? Live => LiveFact as PinningObserved;

    /// <summary>What will be resumed; null where there is no saved image, or there is none any more.</summary>
    public PinningObserved? SavedImage => SavedImageFact as PinningObserved;

    /// <summary>Whether it ran there when last seen.</summary>
    public bool IsRunning => Presence is GuestStarted;

    /// <summary>Whether it is defined or running there, as far as is known.</summary>
    public bool IsThere => Presence is not GuestGone;

    /// <summary>The newest sign that it is there; null when there is none.</summary>
    public DateTimeOffset? Sign => IsThere
        ? new[] { Seen?.ObservedAt, Presence is GuestStarted ? Presence.ObservedAt : null, Live?.ObservedAt, Config?.ObservedAt }.Max()
        : null;

    /// <summary>When anything was last seen of it there, were it that it is gone; null where nothing was.</summary>
    public DateTimeOffset? LastKnown => new IGuestFact?[] { Seen, Presence, ConfigFact, LiveFact, SavedImageFact }.Max(fact => fact?.ObservedAt);

    /// <summary>The same without what was backfilled: what somebody saw.</summary>
    public GuestOnHost Observed => new(
        Host, Only(Seen), Only(Presence), Only(ConfigFact), Only(LiveFact), Only(SavedImageFact));

    /// <summary>The pinning of a layer.</summary>
    public PinningObserved? this[PinLayer layer] => layer switch
    {
        PinLayer.Live => Live,
        PinLayer.SavedImage => SavedImage,
        _ => Config,
    };

    internal GuestOnHost After(IGuestFact fact) => fact switch
    {
        GuestSeen seen => this with { Seen = Newest.Seen(Seen, seen) },
        GuestStarted or GuestStopped or GuestGone => this with { Presence = Newest.Seen(Presence, fact) },
        PinningObserved seen => With(seen.Layer, fact),
        PinningGone gone => With(gone.Layer, fact),
        _ => this,
    };

    private static T? Only<T>(T? fact)
        where T : class, IGuestFact => Backfill.Made(fact) ? null : fact;

    private GuestOnHost With(PinLayer layer, IGuestFact fact) => layer switch
    {
        PinLayer.Live => this with { LiveFact = Newest.Seen(LiveFact, fact) },
        PinLayer.SavedImage => this with { SavedImageFact = Newest.Seen(SavedImageFact, fact) },
        _ => this with { ConfigFact = Newest.Seen(ConfigFact, fact) },
    };
}
