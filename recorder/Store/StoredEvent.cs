namespace NumaHistory.Recorder.Store;

/// <summary>A row of the event table as far as it must never change; headers and data are JSON in UTF-8.</summary>
internal sealed record StoredEvent(
    Guid Id,
    long Version,
    string Type,
    DateTimeOffset RecordedAt,
    string? UserName,
    ReadOnlyMemory<byte> Headers,
    ReadOnlyMemory<byte> Data);
