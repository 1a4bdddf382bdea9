using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>What was seen of a guest on one host: the newest fact of each kind. Presence is a start, a stop or that it is gone.</summary>
public sealed record GuestOnHost(
    string Host,
    GuestSeen? Seen = null,
    IGuestFact? Presence = null,
    PinningObserved? Config = null,
    PinningObserved? Live = null,
    PinningObserved? SavedImage = null)
{
    /// <summary>Whether it ran there when last seen.</summary>
    public bool IsRunning => Presence is GuestStarted;

    /// <summary>Whether it is defined or running there, as far as is known.</summary>
    public bool IsThere => Presence is not GuestGone;

    /// <summary>The newest sign that it is there; null when there is none.</summary>
    public DateTimeOffset? Sign => IsThere
        ? new[] { Seen?.ObservedAt, Presence is GuestStarted ? Presence.ObservedAt : null, Live?.ObservedAt, Config?.ObservedAt }.Max()
        : null;

    /// <summary>The pinning of a layer.</summary>
    public PinningObserved? this[PinLayer layer] => layer switch
    {
        PinLayer.Live => Live,
        PinLayer.SavedImage => SavedImage,
        _ => Config,
    };

    internal GuestOnHost After(IGuestFact fact) => fact switch
    {
        GuestSeen seen => this with { Seen = Newest.Of(Seen, seen) },
        GuestStarted or GuestStopped or GuestGone => this with { Presence = Newest.Of(Presence, fact) },
        PinningObserved { Layer: PinLayer.Live } live => this with { Live = Newest.Of(Live, live) },
        PinningObserved { Layer: PinLayer.SavedImage } saved => this with { SavedImage = Newest.Of(SavedImage, saved) },
        PinningObserved config => this with { Config = Newest.Of(Config, config) },
        _ => this,
    };
}
