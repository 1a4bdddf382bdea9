using System.Security.Cryptography;
using System.Text;

namespace NumaHistory.Schema.Events;

/// <summary>Ids made from content: the same fact recorded twice has one id, so nothing is stored twice.</summary>
public static class EventId
{
    /// <summary>The id of a stream, from its readable key.</summary>
    public static Guid OfStream(string key) => FromHash(SHA256.HashData(Encoding.UTF8.GetBytes("stream\n" + key)));

    /// <summary>
    /// The id of a fact, from its stream's key, stored name, observed time and canonical payload; of a block also its source.
    /// </summary>
    public static Guid Of(string stream, IHostFact fact)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"event\n{stream}\n{EventNames.Of(fact)}\n{Utc(fact.ObservedAt)}\n"));
        if (fact is MemoryBlockRecorded block)
        {
            // The payload does not say whose it is: two sources may see the same at one instant.
            hash.AppendData(Encoding.UTF8.GetBytes($"{block.Source}\n"));
            hash.AppendData(block.Payload.Span);
        }
        else
        {
            hash.AppendData(EventJson.Write(fact));
        }

        return FromHash(hash.GetHashAndReset());
    }

    private static string Utc(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    // RFC 9562 version 8: the bits are ours, version and variant are set so that tools read it as a UUID.
    private static Guid FromHash(byte[] hash)
    {
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
