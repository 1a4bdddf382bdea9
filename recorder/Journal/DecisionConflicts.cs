using Npgsql;
using NpgsqlTypes;
using NumaHistory.Recorder.Projections;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// The decisions of other guests that a new one would meet: CPUs that a vCPU of one of the two has alone, from that moment on; emulators and
/// I/O threads never have theirs alone. What was only
/// seen on a hypervisor is a finding of <c>fit</c>, not a reason to refuse.
/// </summary>
internal static class DecisionConflicts
{
    private const string Meeting = """
        select g.name, p.cpus * case when p.exclusive then $3 else $5 end, p.exclusive, max(p.who), lower(p.valid)
        from numa.pin_interval p join numa.guest g on g.guest = p.guest
        where p.host_key = $1 and p.guest <> $2 and p.layer = 'decided'
          and p.cpus && $3 and p.valid && tstzrange($4, null) and (p.exclusive or p.cpus && $5)
        group by 1, 2, 3, 5
        order by 1, 5, 2
        """;

    public static async Task<IReadOnlyList<string>> FindAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DecisionRequest request, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Meeting, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = host },
                new() { Value = guest },
                new() { Value = GuestRows.Ranges(DecisionCheck.Cpus(request.Pins)), NpgsqlDbType = NpgsqlDbType.IntegerMultirange },
                new() { Value = request.At },
                new() { Value = GuestRows.Ranges(DecisionCheck.Alone(request.Pins)), NpgsqlDbType = NpgsqlDbType.IntegerMultirange },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var reasons = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            var cpus = GuestRows.Set(rows.GetFieldValue<NpgsqlRange<int>[]>(1));
            var whose = rows.GetBoolean(2) ? "has it alone" : "is pinned to it";
            reasons.Add(
                $"CPU {cpus} of {request.Host} is taken: {rows.GetString(0)} {whose}, decided by {rows.GetString(3)}, since {TimeText.Utc(rows.GetFieldValue<DateTimeOffset>(4))}");
        }

        return reasons;
    }
}
