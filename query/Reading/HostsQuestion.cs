using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Which hosts are there, as of now? Of all, of one name or key, or of several keys.</summary>
internal sealed class HostsQuestion(HostFilter hosts) : IQuestion<IReadOnlyList<HostRow>>
{
    public NpgsqlBatchCommand Ask() => hosts.Ask(
        $"""
        select host_key, name, architecture, hypervisor, boot_id, booted_at, cells, cpus, memory_kib,
               first_seen, last_seen
        from numa.host
        where host_key in {hosts.Sql}
        order by name, host_key
        """);

    public IReadOnlyList<HostRow> Read(NpgsqlDataReader reader)
    {
        var hosts = new List<HostRow>();
        while (reader.Read())
        {
            hosts.Add(new HostRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.Text(2),
                reader.Text(3),
                reader.Text(4),
                reader.AtOrNull(5),
                reader.Int(6),
                reader.Int(7),
                reader.Long(8),
                reader.At(9),
                reader.At(10)));
        }

        return hosts;
    }
}
