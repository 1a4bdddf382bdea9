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
    private const string Namesakes = """
        select g.guest, g.name from numa.guest g
        where g.name = any ($1) and not exists (select from numa.guest_fact f where f.guest = g.guest and f.facet = 'identified')
        """;

    /// <summary>That they are these, and what was recorded of them told again of the guests they are; none where nobody is new.</summary>
    public static async Task<IReadOnlyList<IGuestFact>> FindAsync(
        NpgsqlConnection connection, string host, string source, IReadOnlyList<GuestPins> seen, CancellationToken cancel)
    {
        var facts = new List<IGuestFact>();
        var namesakes = await NamesakesAsync(connection, seen, cancel);
        foreach (var guest in seen.Where(one => Guid.TryParse(one.Uuid, out _)).DistinctBy(one => one.Uuid))
        {
            var id = GuestKey.For(host, guest);
            foreach (var namesake in namesakes[guest.Guest].Where(other => other != id))
            {
                var all = (await GuestFacts.LoadAsync(connection, namesake, cancel)).ConvertAll(one => one.Fact);
                var state = all.Aggregate(new GuestState(namesake), (known, fact) => known.After(fact));
                if (IsNamedOnly(state) && IsHere(state, all, host))
                {
                    facts.Add(new GuestIdentified(host, source, namesake, guest.Guest, id, all.Min(fact => fact.ObservedAt)));
                    facts.AddRange(all.Select(fact => Of(fact, id)));
                }
            }
        }

        return facts;
    }

    // Of guests of these names those whose ids may be made of their names: such ids are UUIDs of version 8.
    private static async Task<ILookup<string, Guid>> NamesakesAsync(NpgsqlConnection connection, IReadOnlyList<GuestPins> seen, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Namesakes, connection) { Parameters = { new() { Value = seen.Select(one => one.Guest).Distinct().ToArray() } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(string Name, Guid Guest)>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add((rows.GetString(1), rows.GetGuid(0)));
        }

        return found.Where(one => one.Guest.Version == 8).ToLookup(one => one.Name, one => one.Guest);
    }

    private static bool IsNamedOnly(GuestState state) => state.Hosts.Keys.Append(state.Decided?.Host).Append(state.Decision?.Host).OfType<string>()
        .Any(host => GuestKey.For(host, state.Name, null) == state.Guest);

    // One that was released, and never seen, is nowhere any more.
    private static bool IsHere(GuestState state, List<IGuestFact> facts, string host) =>
        state.Places.Any() ? state.Places.Contains(host) : facts.Exists(fact => fact.Host == host);

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
