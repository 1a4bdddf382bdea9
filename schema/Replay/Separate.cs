using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Replay;

/// <summary>Parts of a history that have nothing to do with each other: hosts between which no guest ever moved, each with its facts.</summary>
internal static class Separate
{
    public static IReadOnlyList<ReplayInput> Parts(ReplayInput input)
    {
        var parents = new Dictionary<string, string>();
        var first = new Dictionary<Guid, string>();
        foreach (var fact in input.Facts)
        {
            parents.TryAdd(fact.Fact.Host, fact.Fact.Host);
            if (fact.Fact is IGuestFact guest && !first.TryAdd(guest.Guest, guest.Host))
            {
                parents[Root(parents, guest.Host)] = Root(parents, first[guest.Guest]);
            }
        }

        var watches = input.Watches.ToLookup(watch => parents.ContainsKey(watch.Key) ? Root(parents, watch.Key) : watch.Key);
        return
        [
            .. input.Facts.GroupBy(fact => Root(parents, fact.Fact.Host))
                .Select(part => input with { Facts = [.. part], Watches = watches[part.Key].ToDictionary() }),
        ];
    }

    private static string Root(Dictionary<string, string> parents, string host)
    {
        while (parents[host] is { } parent && parent != host)
        {
            // Halves the way for whoever comes next.
            parents[host] = parents[parent];
            host = parent;
        }

        return host;
    }
}
