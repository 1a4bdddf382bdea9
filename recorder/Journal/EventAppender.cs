using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Appends facts to one stream inside a transaction of the caller: what is stored already is left out, every fact names the
/// hash of its predecessor, and the read model follows in the same transaction.
/// </summary>
internal sealed class EventAppender(DocumentStore store, RecordedBy by)
{
    private const string LockStream = """
        with made as (
            insert into numa.stream (stream_id, key, host_key) values ($1, $2, $3) on conflict do nothing
        )
        select version, head_hash from numa.stream where stream_id = $1 for update
        """;

    /// <summary>Appends; returns the facts that were new.</summary>
    public async Task<IReadOnlyList<IHostFact>> AppendAsync(
        NpgsqlTransaction transaction,
        string stream,
        IReadOnlyList<IHostFact> facts,
        CancellationToken cancel)
    {
        var id = EventId.OfStream(stream);
        var news = await NewsAsync(transaction, stream, facts, cancel);
        if (news.Count == 0)
        {
            return [];
        }

        var (version, head) = await LockAsync(transaction, id, stream, facts[0].Host, cancel);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.LastModifiedBy = by.User;
        var events = new List<object>();
        foreach (var (eventId, fact) in news)
        {
            version++;
            events.Add(Event(session, eventId, fact, head));
            head = fact is MemoryBlockRecorded ? null : EventHash.Of(head, eventId, version, EventNames.Of(fact), EventJson.Write(fact));
        }

        session.Events.Append(id, version, events);
        await session.SaveChangesAsync(cancel);
        await MoveHeadAsync(transaction, id, version, head, cancel);
        return [.. news.Select(pair => pair.Fact)];
    }

    private IEvent Event(IDocumentSession session, Guid id, IHostFact fact, string? head)
    {
        var built = session.Events.BuildEvent(fact);
        built.Id = id;
        built.SetHeader("machine", by.Machine);
        built.SetHeader("program", by.Program);
        if (fact is MemoryBlockRecorded block)
        {
            // The payload does not say whose it is; a rebuild reads it from here.
            built.SetHeader("host", block.Host);
            built.SetHeader("source", block.Source);
        }
        else if (head is not null)
        {
            built.SetHeader(EventHash.Header, head);
        }

        return built;
    }

    private static async Task<List<(Guid Id, IHostFact Fact)>> NewsAsync(
        NpgsqlTransaction transaction, string stream, IReadOnlyList<IHostFact> facts, CancellationToken cancel)
    {
        var byId = facts.Select(fact => (Id: EventId.Of(stream, fact), Fact: fact)).DistinctBy(pair => pair.Id).ToList();
        await using var command = new NpgsqlCommand(
            "select id from history.mt_events where id = any($1)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = byId.Select(pair => pair.Id).ToArray() } },
        };
        var stored = new HashSet<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            stored.Add(rows.GetGuid(0));
        }

        byId.RemoveAll(pair => stored.Contains(pair.Id));
        return byId;
    }

    private static async Task<(long Version, string? Head)> LockAsync(
        NpgsqlTransaction transaction, Guid id, string stream, string host, CancellationToken cancel)
    {
        for (; ; )
        {
            await using var command = new NpgsqlCommand(LockStream, transaction.Connection, transaction)
            {
                Parameters = { new() { Value = id }, new() { Value = stream }, new() { Value = host } },
            };
            await using var rows = await command.ExecuteReaderAsync(cancel);
            if (await rows.ReadAsync(cancel))
            {
                return (rows.GetInt64(0), rows.IsDBNull(1) ? null : Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(1)));
            }

            // The row was made by this very statement, which does not see it yet: the next one does.
        }
    }

    private static async Task MoveHeadAsync(
        NpgsqlTransaction transaction, Guid id, long version, string? head, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update numa.stream set version = $2, head_hash = $3 where stream_id = $1", transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = version },
                new() { Value = head is null ? DBNull.Value : Convert.FromHexString(head), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
