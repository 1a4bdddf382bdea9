using Marten;
using Npgsql;
using NumaHistory.Schema.Contract.Exchange;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Appends events that another store exported, after what the streams hold already. Their ids are made from their content: what is stored
/// is left out, and importing twice stores nothing twice.
/// </summary>
internal sealed class EventImport(NpgsqlDataSource source, DocumentStore store, RecordedBy by)
{
    private readonly EventAppender _appender = new(store, by);

    /// <summary>Appends a batch in one transaction, in its order; returns how many events were new. From is the file they are of.</summary>
    public Task<int> AppendAsync(IReadOnlyList<EventLine> lines, string from, CancellationToken cancel) => Retry.RunAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            // In one order, so that two imports never wait for each other.
            foreach (var host in lines.Select(line => line.Fact.Host).Distinct().Order(StringComparer.Ordinal))
            {
                await HostLock.TakeAsync(transaction, host, cancel);
            }

            var added = 0;
            foreach (var run in Runs(lines))
            {
                added += await _appender.AppendAsync(
                    transaction, run[0].Stream, [.. run.Select(line => line.Fact)], new ImportMark(from, run), cancel);
            }

            await transaction.CommitAsync(cancel);
            return added;
        },
        cancel);

    // Facts of one instant are told in the order in which they were recorded, whatever their streams.
    private static IEnumerable<List<EventLine>> Runs(IReadOnlyList<EventLine> lines)
    {
        var run = new List<EventLine>();
        foreach (var line in lines)
        {
            if (run.Count > 0 && run[0].Stream != line.Stream)
            {
                yield return run;
                run = [];
            }

            run.Add(line);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
