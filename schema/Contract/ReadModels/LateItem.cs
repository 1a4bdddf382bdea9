using System.Text.Json;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A fact that held at the moment of a decision and was recorded only after it. Decisive = a finding rests on it that was not made with what was known
/// then. Data is the fact as stored.
/// </summary>
public sealed record LateItem(
    long Position,
    string Type,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt,
    Guid Id,
    bool Decisive,
    JsonElement? Data);
