using Npgsql;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;

namespace NumaHistory.Benchmarks.Replay;

/// <summary>Stores facts the way the recorder does, a stream at once.</summary>
internal static class ReplayStore
{
    public static async Task FillAsync(NpgsqlDataSource source, IEnumerable<IHostFact> facts)
    {
        using var store = HistoryStore.Open(source);
        var appender = new EventAppender(store, new RecordedBy("benchmark", "benchmark", "benchmark"));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var stream in facts.GroupBy(fact => fact is IGuestFact guest ? GuestKey.StreamOf(guest) : HostKey.HostStream(fact.Host)))
        {
            await appender.AppendAsync(transaction, stream.Key, [.. stream], CancellationToken.None);
        }

        await transaction.CommitAsync();
        await using var analyze = source.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync();
    }
}
