using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// Decides which facts a look at the guests of a host adds to what is known of them. Guests that did not change add none (law 2);
/// one that is missing is gone only where the look listed every guest of the host (law 3).
/// </summary>
public static class GuestDetector
{
    /// <summary>
    /// The facts to record. Seen holds an entry for each layer of each guest; known the guests as they were before that moment.
    /// </summary>
    public static IReadOnlyList<IGuestFact> Detect(
        string host,
        string source,
        DateTimeOffset at,
        IReadOnlyList<GuestPins> seen,
        bool isEveryGuest,
        IReadOnlyDictionary<Guid, GuestState> known)
    {
        var facts = new List<IGuestFact>();
        var listed = seen.GroupBy(pins => GuestKey.For(host, pins)).ToList();
        foreach (var guest in listed)
        {
            var before = known.GetValueOrDefault(guest.Key)?.Hosts.GetValueOrDefault(host);
            Add(facts, new Look(host, source, at, guest.Key), [.. guest], before, isEveryGuest);
        }

        if (isEveryGuest)
        {
            var ids = listed.Select(guest => guest.Key).ToHashSet();
            facts.AddRange(known.Values
                .Where(state => !ids.Contains(state.Guest) && state.Hosts.GetValueOrDefault(host) is { IsThere: true, Sign: not null })
                .Select(state => new GuestGone(host, source, state.Guest, state.Name, at)));
        }

        return facts;
    }

    private static void Add(List<IGuestFact> facts, Look look, List<GuestPins> layers, GuestOnHost? before, bool isEveryGuest)
    {
        var (host, source, at, id) = look;
        var (name, uuid, manager) = (layers[0].Guest, layers[0].Uuid, layers[0].ManagedBy);
        var state = layers.Select(layer => layer.State).FirstOrDefault(state => state is not null);
        var wasGone = before is { IsThere: false };
        if (before?.Seen is not { } seen || wasGone || (seen.Name, seen.Uuid, seen.ManagedBy) != (name, uuid, manager))
        {
            facts.Add(new GuestSeen(host, source, id, name, uuid, manager, at));
        }

        var runs = IsRunning(state) || layers.Exists(layer => layer.Layer == PinLayer.Live);
        if (runs && before is not { IsRunning: true })
        {
            facts.Add(new GuestStarted(host, source, id, name, state, at));
        }
        else if (!runs && (state is not null || isEveryGuest) && before is { IsRunning: true })
        {
            facts.Add(new GuestStopped(host, source, id, name, state, at));
        }

        facts.AddRange(layers
            .Select(layer => PinningObserved.Of(host, source, layer, at))
            .Where(now => before?[now.Layer]?.Fingerprint != now.Fingerprint || wasGone));
    }

    private static bool IsRunning(string? state) => state is "running" or "paused" or "blocked" or "idle" or "in shutdown" or "pmsuspended";

    private sealed record Look(string Host, string Source, DateTimeOffset At, Guid Guest);
}
