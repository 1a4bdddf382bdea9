namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>
/// An event as a store holds it, on its way out. Data is its JSON, null for a block, which has Source and Payload instead; Position
/// counts in that store only; Who and Why are the claims of whoever decided, Origin is who really wrote it.
/// </summary>
public sealed record StoredLine(
    long Position,
    Guid Id,
    string Type,
    string Stream,
    string? Host,
    Guid? Guest,
    DateTimeOffset ObservedAt,
    string? Who,
    string? Why,
    string? Data,
    string? Source,
    byte[]? Payload,
    EventOrigin Origin);
