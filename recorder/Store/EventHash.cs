using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// The hash that ties an event to its predecessor: SHA-256 over the row's id, version in its stream, stored name, recorded time,
/// user name, headers and data, JSON in canonical form. The headers name the predecessor's hash, so the chain is in it too.
/// </summary>
internal static class EventHash
{
    /// <summary>The header that carries the predecessor's hash, as hex; absent on the first event of a stream.</summary>
    public const string Header = "previous";

    public static string Of(StoredEvent row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Id}\n{row.Version}\n{row.Type}\n{Microseconds(row.RecordedAt)}\n{row.UserName}\n")));
        hash.AppendData(CanonicalJson.Of(row.Headers));
        hash.AppendData("\n"u8);
        hash.AppendData(CanonicalJson.Of(row.Data));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // PostgreSQL's own precision.
    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
