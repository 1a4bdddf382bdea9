using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>One question to the read contract: its SQL text with parameters, and how its rows become a value.</summary>
internal interface IQuestion<T>
{
    NpgsqlBatchCommand Ask();

    T Read(NpgsqlDataReader reader);
}
