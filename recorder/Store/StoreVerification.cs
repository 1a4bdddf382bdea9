using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// Walks every stream and computes its chain of hashes again. An edited event does not hash to what its successor or the stream's
/// head says; a removed one leaves a hole in the versions; a reordered one both. Blocks are compared with their digests.
/// </summary>
internal sealed class StoreVerification(NpgsqlDataSource source)
{
    private const string Facts = """
        select s.key, s.version, encode(s.head_hash, 'hex'), e.seq_id, e.version, e.id, e.type, e.data::text,
               e.headers ->> 'previous', e.bdata is not null, e.bdata, b.digest, e.timestamp, e.user_name, e.headers::text
        from numa.stream s
        left join history.mt_events e on e.stream_id = s.stream_id and e.type <> 'tombstone'
        left join numa.block b on b.event_id = e.id
        order by s.key, e.version
        """;

    private const string Orphans = """
        select e.seq_id, e.version, e.stream_id::text, 'an event in a stream that nobody recorded' from history.mt_events e
        where e.type <> 'tombstone' and not exists (select from numa.stream s where s.stream_id = e.stream_id)
        union all
        select null, m.version, m.id::text, 'a stream that was recorded is gone' from history.mt_streams m
        where not exists (select from numa.stream s where s.stream_id = m.id)
          and not exists (select from history.mt_events e where e.stream_id = m.id)
        order by 1, 3
        """;

    /// <summary>Every event read, and the first breach of each stream that has one.</summary>
    public async Task<(long Events, IReadOnlyList<Breach> Breaches)> RunAsync(CancellationToken cancel)
    {
        var breaches = new List<Breach>();
        var events = 0L;
        await using (var command = source.CreateCommand(Facts))
        {
            command.CommandTimeout = 0;
            await using var rows = await command.ExecuteReaderAsync(cancel);
            StreamWalk? walk = null;
            while (await rows.ReadAsync(cancel))
            {
                if (walk?.Key != rows.GetString(0))
                {
                    walk?.End(breaches);
                    walk = new StreamWalk(rows.GetString(0), rows.GetInt64(1), Text(rows, 2));
                }

                events += walk.Take(rows, breaches) ? 1 : 0;
            }

            walk?.End(breaches);
        }

        await using var orphans = source.CreateCommand(Orphans);
        orphans.CommandTimeout = 0;
        await using var strays = await orphans.ExecuteReaderAsync(cancel);
        while (await strays.ReadAsync(cancel))
        {
            breaches.Add(new Breach(
                strays.GetString(2), strays.GetInt64(1), strays.IsDBNull(0) ? null : strays.GetInt64(0), strays.GetString(3)));
        }

        return (events, breaches);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private sealed class StreamWalk(string key, long version, string? head)
    {
        private long _version;
        private string? _hash;
        private bool _broken;

        public string Key { get; } = key;

        public bool Take(NpgsqlDataReader row, List<Breach> breaches)
        {
            if (row.IsDBNull(3))
            {
                return false;
            }

            var found = row.GetInt64(4);
            var wrong = row.GetBoolean(9) ? WrongBlock(row, found) : WrongFact(row, found);
            if (wrong is not null && !_broken)
            {
                _broken = true;
                breaches.Add(new Breach(Key, found, row.GetInt64(3), wrong));
            }

            return true;
        }

        public void End(List<Breach> breaches)
        {
            if (_broken)
            {
                return;
            }

            if (_version != version)
            {
                breaches.Add(new Breach(Key, _version + 1, null, $"the last {version - _version} of {version} events are missing"));
            }
            else if (_hash != head)
            {
                breaches.Add(new Breach(Key, version, null, "the last event is not the one that was written"));
            }
        }

        private string? WrongFact(NpgsqlDataReader row, long found)
        {
            var wrong = found != _version + 1 ? $"version {_version + 1} is missing"
                : Text(row, 8) != _hash ? "its predecessor is not the one that was written (edited, replaced or out of order)"
                : null;
            _version = found;
            _hash = EventHash.Of(Stored(row, found));
            return wrong;
        }

        private static StoredEvent Stored(NpgsqlDataReader row, long version) => new(
            row.GetGuid(5),
            version,
            row.GetString(6),
            row.GetFieldValue<DateTimeOffset>(12),
            Text(row, 13),
            Encoding.UTF8.GetBytes(Text(row, 14) ?? "null"),
            Encoding.UTF8.GetBytes(row.GetString(7)));

        private string? WrongBlock(NpgsqlDataReader row, long found)
        {
            var wrong = found != _version + 1 ? $"version {_version + 1} is missing"
                : row.IsDBNull(11) ? "the block is not in the list of blocks"
                : !SHA256.HashData(row.GetFieldValue<byte[]>(10)).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(11)) ? "the block was edited"
                : null;
            _version = found;
            return wrong;
        }
    }
}
