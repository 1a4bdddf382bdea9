using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>When was the event at a position observed? Null: there is none.</summary>
internal sealed class PositionQuestion(long position) : IQuestion<DateTimeOffset?>
{
    public NpgsqlBatchCommand Ask() =>
        new NpgsqlBatchCommand("select observed_at from numa.event where position = $1").With(position);

    public DateTimeOffset? Read(NpgsqlDataReader reader) =>
        reader.Read() ? reader.AtOrNull(0) : null;
}
