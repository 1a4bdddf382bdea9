using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Events;

/// <summary>A guest runs on a host and did not before; State and Reason are the hypervisor's words, left out where it says none.</summary>
public sealed record GuestStarted(
    string Host,
    string Source,
    Guid Guest,
    string Name,
    string? State,
    DateTimeOffset ObservedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null) : IGuestFact;
