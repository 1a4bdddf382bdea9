using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Guests and their pins as the read models have them.</summary>
internal static class GuestItems
{
    public static GuestItem Of(Fleet fleet, GuestState guest)
    {
        var here = guest.Host is { } host ? guest.Hosts.GetValueOrDefault(host) : null;
        return new GuestItem(
            guest.Name,
            guest.Guest.ToString(),
            fleet.HostName(guest.Host),
            State(guest, here),
            here?.Presence?.ObservedAt ?? here?.Seen?.ObservedAt ?? guest.Move?.ObservedAt ?? guest.Decision?.ObservedAt ?? guest.Last?.ObservedAt,
            here?.Seen?.ManagedBy,
            guest.Decided?.By);
    }

    /// <summary>The pinning of every layer that has one.</summary>
    public static IEnumerable<PinsItem> Pins(Fleet fleet, GuestState guest) =>
        from pins in Layers(guest).Select(guest.Pins).Append(guest.Promise)
        where pins is not null
        select new PinsItem(
            pins.Pins with { Guest = guest.Name, State = Of(fleet, guest).State },
            fleet.HostName(pins.Pins.Layer == PinLayer.Decided ? guest.DecidedOn : guest.Host),
            pins.Origin,
            pins.Fact.ObservedAt,
            pins.Decision?.By,
            pins.Decision?.Why);

    private static IEnumerable<PinLayer> Layers(GuestState guest) =>
        guest.IsRunning ? [PinLayer.Config, PinLayer.Live, PinLayer.SavedImage] : [PinLayer.Config, PinLayer.SavedImage];

    private static string? State(GuestState guest, GuestOnHost? here) => here?.Presence switch
    {
        GuestStarted started => started.State ?? "running",
        GuestStopped stopped => stopped.State ?? "shut off",
        _ when guest.Host is null && guest.Hosts.Values.Any(on => on.Presence is GuestGone) => "gone",
        _ => null,
    };
}
