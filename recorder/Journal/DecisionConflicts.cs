using Npgsql;
using NpgsqlTypes;
using NumaHistory.Recorder.Projections;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// The decisions of other guests that a new one would meet: CPUs that a vCPU of one of the two has alone, or of whose core it wants all
/// threads, from that moment on; emulators and I/O threads never have theirs alone. What was only seen on a hypervisor is a finding of
/// <c>fit</c>, not a reason to refuse.
/// </summary>
internal static class DecisionConflicts
{
    private const string Meeting = """
        select g.name, case when m.is_core then p.cpus * $6 when p.exclusive then p.cpus * $3 else p.cpus * $5 end, p.exclusive, max(p.who), lower(p.valid), m.is_core
        from numa.pin_interval p join numa.guest g on g.guest = p.guest
        cross join lateral (select not (p.cpus && $3 and (p.exclusive or p.cpus && $5)) as is_core) m
        where p.host_key = $1 and p.guest <> $2 and p.layer = 'decided' and p.valid && tstzrange($4, null)
          and (not m.is_core or (p.thread = 'vcpu' and p.cpus && $6 and exists (select from numa.guest_claim c where c.guest = p.guest and c.host_key = $1 and c.isolates)))
        group by 1, 2, 3, 5, 6
        order by 1, 5, 2
        """;

    public static async Task<IReadOnlyList<string>> FindAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DecisionRequest request, HostTopology? topology, CancellationToken cancel)
    {
        var (cpus, isolated) = (DecisionCheck.Cpus(request.Pins), DecisionCheck.Isolated(request.Pins, topology));
        await using var command = new NpgsqlCommand(Meeting, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = host },
                new() { Value = guest },
                Multirange(cpus.Union(isolated)),
                new() { Value = request.At },
                Multirange(DecisionCheck.Alone(request.Pins).Union(isolated)),
                Multirange(DecisionCheck.Cores(cpus, topology)),
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var reasons = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            var met = GuestRows.Set(rows.GetFieldValue<NpgsqlRange<int>[]>(1));
            var mine = DecisionCheck.Cores(met, topology).Intersect(cpus);
            var whose = rows.GetBoolean(5) ? "wants all of that core for itself" : rows.GetBoolean(2) ? "has it alone" : "is pinned to it";
            var which = met.Overlaps(cpus) || mine.IsEmpty ? $"CPU {met} of {request.Host}" : $"CPU {met} of {request.Host}, which shares a core with CPU {mine},";
            reasons.Add(
                $"{which} is taken: {rows.GetString(0)} {whose}, decided by {rows.GetString(3)}, since {TimeText.Utc(rows.GetFieldValue<DateTimeOffset>(4))}");
        }

        return reasons;
    }

    private static NpgsqlParameter Multirange(CpuSet cpus) => new() { Value = GuestRows.Ranges(cpus), NpgsqlDbType = NpgsqlDbType.IntegerMultirange };
}
