namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// Free memory of one cell over [From, To), KiB, <c>numa-history memory</c>. Source: <c>raw</c> samples or
/// <c>rollup</c>. P05 is the ceil(0.05 n)-th lowest sample. A stretch without a sample has no item; a figure that was
/// not asked for is null.
/// </summary>
public sealed record MemoryItem(
    string Host,
    int Cell,
    DateTimeOffset From,
    DateTimeOffset To,
    string Source,
    int Samples,
    long? Min,
    long? Avg,
    long? Max,
    long? P05);
