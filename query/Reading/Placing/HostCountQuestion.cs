using Npgsql;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>How many hosts are recorded?</summary>
internal sealed class HostCountQuestion : IQuestion<long>
{
    public NpgsqlBatchCommand Ask() => new("select count(*) from numa.host");

    public long Read(NpgsqlDataReader reader) => reader.Read() ? reader.GetInt64(0) : 0;
}
