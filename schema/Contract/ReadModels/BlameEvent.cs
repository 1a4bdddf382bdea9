using System.Text.Json;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// An event that is blamed: where it stands in the log, when it was seen and when written, and the fact it took the place of beside its own, both as
/// stored (Before null: there was none).
/// </summary>
public sealed record BlameEvent(
    long Position,
    string Type,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt,
    Guid Id,
    string? Who,
    string? Why,
    JsonElement? Before,
    JsonElement? After);
