using System.Security.Cryptography;
using System.Text;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// The hash that ties an event to its predecessor: SHA-256 over the predecessor's hash, the event's id, version in its
/// stream, stored name and canonical data. Everything in it can be read back from the row.
/// </summary>
internal static class EventHash
{
    /// <summary>The header that carries the predecessor's hash, as hex; absent on the first event of a stream.</summary>
    public const string Header = "previous";

    public static string Of(string? previous, Guid id, long version, string type, ReadOnlyMemory<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{previous}\n{id}\n{version}\n{type}\n"));
        hash.AppendData(CanonicalJson.Of(data));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
