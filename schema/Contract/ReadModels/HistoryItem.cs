using System.Text.Json;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// One event, <c>numa-history history</c>. Type is its stored name; Who and Why are claims and may be null; Data is the
/// whole fact as stored, for a memory.block its extent only.
/// </summary>
public sealed record HistoryItem(
    long Position,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt,
    string Type,
    string? Host,
    string? Guest,
    string? Who,
    string? Why,
    JsonElement? Data,
    Guid Id);
