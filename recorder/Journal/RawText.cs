using System.IO.Compression;
using System.Text.Json;
using Npgsql;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Journal;

/// <summary>Keeps the text that a structure was read from, once per fingerprint: sysfs itself can be wrong.</summary>
internal static class RawText
{
    public static async Task KeepAsync(NpgsqlTransaction transaction, Observation seen, CancellationToken cancel)
    {
        if (seen.Raw is null || seen.Topology?.Fingerprint is not { } fingerprint)
        {
            return;
        }

        await using var known = new NpgsqlCommand("select 1 from numa.raw_text where fingerprint = $1", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = fingerprint.ToBytes() } },
        };
        if (await known.ExecuteScalarAsync(cancel) is not null)
        {
            return;
        }

        await using var keep = new NpgsqlCommand(
            "insert into numa.raw_text (fingerprint, source, observed_at, payload) values ($1, $2, $3, $4) on conflict do nothing",
            transaction.Connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = fingerprint.ToBytes() },
                new() { Value = seen.Source },
                new() { Value = seen.ObservedAt },
                new() { Value = Packed(seen.Raw) },
            },
        };
        await keep.ExecuteNonQueryAsync(cancel);
    }

    private static byte[] Packed(IReadOnlyDictionary<string, string> raw)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(gzip, raw, FactJson.Default.IReadOnlyDictionaryStringString);
        }

        return bytes.ToArray();
    }
}
