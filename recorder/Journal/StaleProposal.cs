using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// What was decided or seen of other guests on a host since a proposal was made: it counted on CPUs and memory that may be promised or taken by now,
/// so of two who accept one proposal only one can be right.
/// </summary>
internal static class StaleProposal
{
    private const string Since = """
        select e.position, e.type, g.name, e.who
        from numa.event e join numa.guest_fact f on f.event_id = e.id join numa.guest g on g.guest = f.guest
        where f.host_key = $1 and f.guest <> $2 and f.facet in ('decision', 'move', 'config', 'live') and f.type not in ('pinning.released', 'pinning.gone') and e.position > $3
        order by e.position
        """;

    public static async Task<IReadOnlyList<string>> FindAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DecisionRequest request, CancellationToken cancel)
    {
        if (request.Position is not { } position)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(Since, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = guest }, new() { Value = position } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var reasons = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            var what = rows.GetString(1) switch
            {
                "pinning.observed" => "was seen pinned otherwise",
                var type => $"was {(type == "move.declared" ? "moved" : "pinned")} there by {(rows.IsDBNull(3) ? "somebody" : Cleaned.Text(rows.GetString(3)))}",
            };
            reasons.Add(
                $"{request.Host} is not what it was when this was proposed: {Cleaned.Text(rows.GetString(2))} {what} since (#{rows.GetInt64(0)}); ask numa-history place again");
        }

        return reasons;
    }
}
