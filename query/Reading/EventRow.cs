namespace NumaHistory.Query.Reading;

/// <summary>A row of numa.event; Data is the stored JSON, null for a block, whose extent is given instead.</summary>
internal sealed record EventRow(
    long Position,
    Guid Id,
    string Type,
    string? HostKey,
    string? Host,
    Guid? Guest,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt,
    string? Who,
    string? Why,
    string? Data,
    BlockExtent? Block);
