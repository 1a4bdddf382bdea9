using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// Decides which facts a look at the guests of a host adds to what is known of them. Guests that did not change add none (law 2);
/// one that is missing is gone only where the look listed every guest of the host, and what could not be read is neither changed nor
/// gone (law 3).
/// </summary>
public static class GuestDetector
{
    // A host's own files show processes, and libvirt what it started: neither sees the other's guests.
    private const string Processes = "sysfs";

    private static readonly PinLayer[] Definitions = [PinLayer.Config, PinLayer.SavedImage];

    /// <summary>
    /// The facts to record. Seen holds an entry for each layer of each guest, unread those that were listed and could not be read; known
    /// the guests as they were before that moment; what was backfilled of them tells who may be gone and nothing else.
    /// </summary>
    public static IReadOnlyList<IGuestFact> Detect(
        string host,
        string source,
        DateTimeOffset at,
        IReadOnlyList<GuestPins> seen,
        bool isEveryGuest,
        IReadOnlyDictionary<Guid, GuestState> known,
        IReadOnlyList<UnreadGuest>? unread = null)
    {
        var facts = new List<IGuestFact>();
        var listed = seen.GroupBy(pins => GuestKey.For(host, pins)).ToList();
        var dark = (unread ?? []).ToLookup(guest => GuestKey.For(host, guest.Guest, guest.Uuid), guest => guest.Layer);
        foreach (var guest in listed)
        {
            var state = known.GetValueOrDefault(guest.Key);
            var before = state?.Hosts.GetValueOrDefault(host)?.Observed;
            Add(facts, new Look(host, source, at, guest.Key, isEveryGuest, IsClaimedElsewhere(state, host), [.. dark[guest.Key]]), [.. guest], before);
        }

        if (isEveryGuest)
        {
            var ids = listed.Select(guest => guest.Key).ToHashSet();
            facts.AddRange(known.Values
                .Where(state => !ids.Contains(state.Guest) && !dark.Contains(state.Guest)
                    && state.Hosts.GetValueOrDefault(host) is { IsThere: true, Sign: not null } there
                    && (there.Seen?.Source == Processes) == (source == Processes))
                .Select(state => new GuestGone(host, source, state.Guest, state.Name, at)));
        }

        return facts;
    }

    // A guest that is seen to run is where it runs, whatever somebody declared; where two hosts saw it run, the later one holds.
    private static bool IsClaimedElsewhere(GuestState? state, string host) =>
        state?.Host is { } elsewhere && elsewhere != host && state.Hosts.GetValueOrDefault(elsewhere)?.IsRunning != true;

    private static void Add(List<IGuestFact> facts, Look look, List<GuestPins> layers, GuestOnHost? before)
    {
        var (host, source, at, id, isEveryGuest, isClaimedElsewhere, dark) = look;
        var (name, uuid, manager) = (layers[0].Guest, layers[0].Uuid, layers[0].ManagedBy);
        var (state, reason) = layers.Select(layer => (layer.State, layer.StateReason)).FirstOrDefault(one => one.State is not null);
        var wasGone = before is { IsThere: false };
        var runs = IsRunning(state) || layers.Exists(layer => layer.Layer == PinLayer.Live);
        if (before?.Seen is not { } seen || wasGone || (seen.Name, seen.Uuid, seen.ManagedBy) != (name, uuid, manager) || (runs && isClaimedElsewhere))
        {
            facts.Add(new GuestSeen(host, source, id, name, uuid, manager, at));
        }

        var mayRun = state is null && (!isEveryGuest || dark.Contains(PinLayer.Live));
        if (runs && before is not { IsRunning: true })
        {
            facts.Add(new GuestStarted(host, source, id, name, state, at, reason));
        }
        else if (!runs && !mayRun && before is { IsRunning: true })
        {
            facts.Add(new GuestStopped(host, source, id, name, state, at, reason));
        }

        facts.AddRange(layers
            .Select(layer => PinningObserved.Of(host, source, layer, at))
            .Where(now => before?[now.Layer]?.Fingerprint != now.Fingerprint || wasGone));
        if (isEveryGuest)
        {
            facts.AddRange(Definitions
                .Where(layer => before?[layer]?.Source == source && !dark.Contains(layer) && !layers.Exists(one => one.Layer == layer))
                .Select(layer => new PinningGone(host, source, id, name, layer, at)));
        }
    }

    private static bool IsRunning(string? state) => state is "running" or "paused" or "blocked" or "idle" or "in shutdown" or "pmsuspended";

    private sealed record Look(string Host, string Source, DateTimeOffset At, Guid Guest, bool IsEveryGuest, bool IsClaimedElsewhere, IReadOnlyList<PinLayer> Dark);
}
