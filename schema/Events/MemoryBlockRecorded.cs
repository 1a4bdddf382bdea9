namespace NumaHistory.Schema.Events;

/// <summary>
/// Up to an hour of memory samples of one host as one source saw them, in <see cref="Memory.BlockCodec"/>'s form; stored binary,
/// byte 0 of the payload is the format version. ObservedAt is the first sample's instant, Until the last one's.
/// </summary>
public sealed record MemoryBlockRecorded(
    string Host,
    string Source,
    DateTimeOffset ObservedAt,
    DateTimeOffset Until,
    ReadOnlyMemory<byte> Payload) : IHostFact;
