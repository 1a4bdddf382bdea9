using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Events;

/// <summary>
/// Somebody ended the decided pinning of a guest; its CPUs may be given to others. Host is where it was decided; Origin is <c>backfilled</c>
/// where it was read afterwards, and left out else.
/// </summary>
public sealed record PinningReleased(
    string Host,
    Guid Guest,
    string Name,
    string By,
    string Why,
    DateTimeOffset ObservedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Origin = null) : IGuestFact;
