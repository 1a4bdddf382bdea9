using Npgsql;
using NumaHistory.Schema.Fit;
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
        where f.host_key = $1 and f.guest <> $2 and f.facet in ('decision', 'move', 'config', 'live') and f.type not in ('pinning.released', 'plan.withdrawn', 'pinning.gone') and e.position > $3
        order by e.position
        """;

    private const string Structure = """
        select e.position
        from numa.event e join numa.fact f on f.event_id = e.id
        where f.host_key = $1 and f.facet = 'structure' and e.position > $2
        order by e.position
        """;

    // A proposal that is asked for and accepted at once is a little older than the decision: no event is between, but samples may be.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(10);

    private static readonly string[] OfSamples = ["memory-free", "memory-capacity", "hugepages"];

    public static async Task<IReadOnlyList<string>> FindAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DecisionRequest request, CancellationToken cancel)
    {
        return
        [
            .. request.Position is { } position ? await SinceAsync(transaction, host, guest, request.Host, position, cancel) : [],
            .. request.ProposedAt is { } at ? await NowAsync(transaction, host, guest, request, request.At - at > AtOnce ? null : OfSamples, cancel) : [],
        ];
    }

    // What was right then is judged again, all of it or what these codes are of.
    private static async Task<IEnumerable<string>> NowAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DecisionRequest request, string[]? codes, CancellationToken cancel)
    {
        var verdict = await DecisionVerdict.LoadAsync(transaction, host, guest, request.At, cancel);
        return verdict.Starting(request.Pins, guest)
            .Where(finding => finding.Verdict is Verdict.Degraded or Verdict.Broken && finding.Code != "vnuma-mismatch" && codes?.Contains(finding.Code) != false)
            .Select(finding => $"this was proposed for {TimeText.Utc(request.ProposedAt!.Value)}, and does not fit any more: {finding.Text}; ask numa-history place again");
    }

    private static async Task<IReadOnlyList<string>> SinceAsync(
        NpgsqlTransaction transaction, string host, Guid guest, string hostName, long position, CancellationToken cancel)
    {
        var reasons = new List<string>();
        await using (var seen = new NpgsqlCommand(Structure, transaction.Connection, transaction) { Parameters = { new() { Value = host }, new() { Value = position } } })
        await using (var changes = await seen.ExecuteReaderAsync(cancel))
        {
            while (await changes.ReadAsync(cancel))
            {
                reasons.Add($"{hostName} is not what it was when this was proposed: its CPUs or cells changed (#{changes.GetInt64(0)}); ask numa-history place again");
            }
        }

        await using var command = new NpgsqlCommand(Since, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = guest }, new() { Value = position } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var what = rows.GetString(1) switch
            {
                "pinning.observed" => "was seen pinned otherwise",
                var type => $"was {(type == "move.declared" ? "moved" : "pinned")} there by {(rows.IsDBNull(3) ? "somebody" : Cleaned.Text(rows.GetString(3)))}",
            };
            reasons.Add(
                $"{hostName} is not what it was when this was proposed: {Cleaned.Text(rows.GetString(2))} {what} since (#{rows.GetInt64(0)}); ask numa-history place again");
        }

        return reasons;
    }
}
