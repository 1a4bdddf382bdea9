using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Contract.Exchange;
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
        NpgsqlTransaction transaction, string stream, IReadOnlyList<IHostFact> facts, CancellationToken cancel) =>
        await NewlyAsync(transaction, stream, facts, null, cancel);

    /// <summary>Appends facts of another store, marked as imported; returns how many were new.</summary>
    public async Task<int> AppendAsync(
        NpgsqlTransaction transaction, string stream, IReadOnlyList<IHostFact> facts, ImportMark mark, CancellationToken cancel) =>
        (await NewlyAsync(transaction, stream, facts, mark, cancel)).Count;

    private async Task<IReadOnlyList<IHostFact>> NewlyAsync(
        NpgsqlTransaction transaction, string stream, IReadOnlyList<IHostFact> facts, ImportMark? mark, CancellationToken cancel)
    {
        var id = EventId.OfStream(stream);
        var news = await NewsAsync(transaction, stream, facts, cancel);
        if (news.Count == 0)
        {
            return [];
        }

        var head = await LockAsync(transaction, id, stream, facts[0].Host, cancel);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.LastModifiedBy = by.User;
        var events = new List<object>();
        foreach (var (eventId, fact) in news)
        {
            var built = Event(session, eventId, fact, head, mark);
            events.Add(built);
            head = head with { Version = checked(head.Version + 1) };
            head = head with { Hash = fact is MemoryBlockRecorded ? null : EventHash.Of(Row(built, fact, head.Version)) };
        }

        session.Events.Append(id, head.Version, events);
        await session.SaveChangesAsync(cancel);
        await MoveHeadAsync(transaction, id, head, cancel);
        return [.. news.Select(pair => pair.Fact)];
    }

    private IEvent Event(IDocumentSession session, Guid id, IHostFact fact, StreamHead head, ImportMark? mark)
    {
        var built = session.Events.BuildEvent(fact);
        built.Id = id;
        built.Timestamp = head.Now;
        built.SetHeader(EventHeaders.Machine, by.Machine);
        built.SetHeader(EventHeaders.Program, by.Program);
        built.SetHeader(EventHeaders.DatabaseUser, head.DatabaseUser);
        if (by.Origin is { } origin)
        {
            built.SetHeader(EventHeaders.Origin, origin);
        }

        foreach (var (name, value) in mark?.Of(id) ?? [])
        {
            built.SetHeader(name, value);
        }

        if (fact is MemoryBlockRecorded block)
        {
            // The payload does not say whose it is; a rebuild reads it from here.
            built.SetHeader("host", block.Host);
            built.SetHeader("source", block.Source);
        }
        else if (head.Hash is { } previous)
        {
            built.SetHeader(EventHash.Header, previous);
        }

        return built;
    }

    private StoredEvent Row(IEvent built, IHostFact fact, long version) => new(
        built.Id,
        version,
        EventNames.Of(fact),
        built.Timestamp,
        by.User,
        JsonSerializer.SerializeToUtf8Bytes(built.Headers),
        EventJson.Write(fact));

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

    private static async Task<StreamHead> LockAsync(
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
                var version = rows.GetInt64(0);
                var hash = rows.IsDBNull(1) ? null : Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(1));
                await rows.DisposeAsync();
                return await AtNowAsync(transaction, version, hash, cancel);
            }

            // The row was made by this very statement, which does not see it yet: the next one does.
        }
    }

    // Asked once the lock is held, so that recorded times rise along a stream. The server's clock: recorders' may be wrong.
    private static async Task<StreamHead> AtNowAsync(
        NpgsqlTransaction transaction, long version, string? hash, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select clock_timestamp(), session_user::text", transaction.Connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return new StreamHead(version, hash, rows.GetFieldValue<DateTimeOffset>(0), rows.GetString(1));
    }

    private static async Task MoveHeadAsync(NpgsqlTransaction transaction, Guid id, StreamHead head, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update numa.stream set version = $2, head_hash = $3 where stream_id = $1", transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = head.Version },
                new()
                {
                    Value = head.Hash is null ? DBNull.Value : Convert.FromHexString(head.Hash),
                    NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea,
                },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
