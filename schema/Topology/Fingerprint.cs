using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NumaHistory.Schema.Contract;

namespace NumaHistory.Schema.Topology;

/// <summary>SHA-256 of the canonical form of a facet, printed <c>sha256:</c> and 64 hex digits. Equal facets have equal fingerprints.</summary>
public sealed record Fingerprint
{
    private const string Prefix = "sha256:";

    private Fingerprint(string hex) => Hex = hex;

    /// <summary>The 64 lower-case hex digits.</summary>
    public string Hex { get; }

    /// <summary>The fingerprint of a structure.</summary>
    public static Fingerprint Of(HostStructure structure) => OfJson(structure, FactJson.Default.HostStructure);

    /// <summary>The fingerprint of a capacity.</summary>
    public static Fingerprint Of(HostCapacity capacity) => OfJson(capacity, FactJson.Default.HostCapacity);

    /// <summary>The fingerprint of raw bytes.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>From 32 bytes of a SHA-256.</summary>
    public static Fingerprint FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 32 ? new(Convert.ToHexStringLower(bytes)) : throw new FormatException("a fingerprint has 32 bytes");

    /// <summary>Reads <c>sha256:</c> and 64 hex digits; throws FormatException.</summary>
    public static Fingerprint Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + 64
            ? FromBytes(Convert.FromHexString(text.AsSpan(Prefix.Length)))
            : throw new FormatException($"'{text}' is not a fingerprint; it looks like sha256:0123…");

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);

    /// <inheritdoc/>
    public override string ToString() => Prefix + Hex;

    // The canonical form is the contract's own JSON: fixed member order, canonical sets, nulls written.
    internal static Fingerprint OfJson<T>(T facet, JsonTypeInfo<T> type) => Of(JsonSerializer.SerializeToUtf8Bytes(facet, type));
}
