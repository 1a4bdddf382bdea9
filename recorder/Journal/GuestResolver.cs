using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Journal;

/// <summary>Which guest somebody names: by UUID, NAME or HOST/NAME.</summary>
internal static class GuestResolver
{
    private const string Find = """
        select g.guest, g.name, g.host_key, h.name
        from numa.guest g left join numa.host h on h.host_key = g.host_key
        where g.guest::text = lower($1)
           or ((g.name = $1 or h.name || '/' || g.name = $1 or g.host_key || '/' || g.name = $1)
               and not exists (select from numa.guest_fact f where f.guest = g.guest and f.facet = 'identified'))
        order by g.last_seen desc
        """;

    /// <summary>The one guest of that name, preferably on a host; null when there is none. Several are a refusal that lists them.</summary>
    public static async Task<KnownGuest?> FindAsync(NpgsqlTransaction transaction, string named, string? hostKey, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Find, transaction.Connection, transaction) { Parameters = { new() { Value = named } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(KnownGuest Guest, string? Host)>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add((
                new KnownGuest(rows.GetGuid(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2)),
                rows.IsDBNull(3) ? null : rows.GetString(3)));
        }

        // Of guests of one name those that are somewhere are meant first.
        found = found.Exists(one => one.Guest.Host is not null) ? found.FindAll(one => one.Guest.Host is not null) : found;
        var here = found.Where(one => one.Guest.Host == hostKey).ToList();
        return found.Count == 0 ? null
            : found.Count == 1 ? found[0].Guest
            : here.Count == 1 ? here[0].Guest
            : throw new Refusal(
                ExitCode.Usage,
                $"'{named}' means several guests: {string.Join(", ", found.Select(one => $"{one.Host}/{one.Guest.Name} ({one.Guest.Id})"))}",
                "name one of them by HOST/NAME or UUID");
    }

    /// <summary>The same; a guest that nobody knows is a refusal.</summary>
    public static async Task<KnownGuest> RequireAsync(NpgsqlTransaction transaction, string named, CancellationToken cancel) =>
        await FindAsync(transaction, named, null, cancel)
        ?? throw new Refusal(ExitCode.Unknown, $"no guest '{named}' is recorded", "numa-history guests");
}
