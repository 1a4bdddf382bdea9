using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Events;

/// <summary>A guest that ran on a host does not any more; its definition may stay. State and Reason are the hypervisor's words.</summary>
public sealed record GuestStopped(
    string Host,
    string Source,
    Guid Guest,
    string Name,
    string? State,
    DateTimeOffset ObservedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null) : IGuestFact;
