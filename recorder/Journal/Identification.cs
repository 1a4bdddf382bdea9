using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Guests that were decided about, or seen, by name only and are now seen with a UUID: a hypervisor gives one to a guest that is defined
/// without. Unless they are joined, a guest would hold its CPUs against itself.
/// </summary>
internal static class Identification
{
    /// <summary>What was recorded of them, told again of the guests they are, and that they are these; none where nobody is new.</summary>
    public static async Task<IReadOnlyList<IGuestFact>> FindAsync(
        NpgsqlConnection connection, string host, string source, IReadOnlyList<GuestPins> seen, IReadOnlyDictionary<Guid, GuestState> known, CancellationToken cancel)
    {
        var facts = new List<IGuestFact>();
        foreach (var guest in seen.Where(one => Guid.TryParse(one.Uuid, out _)).DistinctBy(one => one.Uuid))
        {
            var id = GuestKey.For(host, guest);
            foreach (var named in known.Values.Where(state => state.Name == guest.Guest && IsNamedOnly(state) && state.Places.Contains(host)))
            {
                var all = (await GuestFacts.LoadAsync(connection, named.Guest, cancel)).ConvertAll(one => one.Fact);
                facts.AddRange(all.Select(fact => Of(fact, id)));
                facts.Add(new GuestIdentified(host, source, named.Guest, guest.Guest, id, all.Min(fact => fact.ObservedAt)));
            }
        }

        return facts;
    }

    private static bool IsNamedOnly(GuestState state) =>
        state.Hosts.Keys.Append(state.Decided?.Host).OfType<string>().Any(host => GuestKey.For(host, state.Name, null) == state.Guest);

    private static IGuestFact Of(IGuestFact fact, Guid id) => fact switch
    {
        GuestSeen seen => seen with { Guest = id },
        GuestStarted started => started with { Guest = id },
        GuestStopped stopped => stopped with { Guest = id },
        GuestGone gone => gone with { Guest = id },
        GuestMigrating step => step with { Guest = id },
        PinningObserved pins => pins with { Guest = id },
        PinningGone gone => gone with { Guest = id },
        PinningDecided decided => decided with { Guest = id },
        PinningReleased released => released with { Guest = id },
        PlanWithdrawn withdrawn => withdrawn with { Guest = id },
        MoveDeclared move => move with { Guest = id },
        _ => throw new ArgumentException("not a fact that can be told of another guest", nameof(fact)),
    };
}
