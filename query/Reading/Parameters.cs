using Npgsql;
using NpgsqlTypes;

namespace NumaHistory.Query.Reading;

/// <summary>Positional parameters with their PostgreSQL type, so that null needs no guess.</summary>
internal static class Parameters
{
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string? text) =>
        command.Add(new NpgsqlParameter<string?> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset? at) => command.Add(
        at is { } known
            ? new NpgsqlParameter<DateTime> { TypedValue = known.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }
            : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long number) =>
        command.Add(new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool flag) =>
        command.Add(new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean });

    private static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return command;
    }
}
