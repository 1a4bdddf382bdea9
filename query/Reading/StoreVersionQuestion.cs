using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Which version of the read contract has the store? Null: none was ever applied.</summary>
internal sealed class StoreVersionQuestion : IQuestion<int?>
{
    public NpgsqlBatchCommand Ask() => new("select max(version) from numa.store_version");

    public int? Read(NpgsqlDataReader reader) =>
        reader.Read() ? reader.Int(0) : null;
}
