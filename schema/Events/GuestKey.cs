using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Events;

/// <summary>The lasting id of a guest: its UUID, else one made from the host's key and the guest's name.</summary>
public static class GuestKey
{
    /// <summary>The id of a guest as a host shows it.</summary>
    public static Guid For(string host, GuestPins guest) => For(host, guest.Guest, guest.Uuid);

    /// <summary>The id of a guest of that name, with or without a UUID.</summary>
    public static Guid For(string host, string name, string? uuid) =>
        Guid.TryParse(uuid, out var id) ? id : EventId.OfStream($"guest\n{host}\n{name}");

    /// <summary>Key of the stream of what was seen of a guest on a host.</summary>
    public static string SeenStream(Guid guest, string host) => $"guest/{guest}@{host}";

    /// <summary>Key of the stream of what was decided about a guest.</summary>
    public static string DecisionStream(Guid guest) => $"guest/{guest}";

    /// <summary>Key of the stream that a fact belongs to.</summary>
    public static string StreamOf(IGuestFact fact) =>
        fact is PinningDecided or PinningReleased or PlanWithdrawn or MoveDeclared ? DecisionStream(fact.Guest) : SeenStream(fact.Guest, fact.Host);
}
