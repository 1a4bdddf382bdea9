namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>A guest at a moment, <c>numa-history guests</c>; host is a name, null = nobody knows where it is.</summary>
public sealed record GuestItem(
    string Guest, string? Uuid, string? Host, string? State, DateTimeOffset? Since, string? ManagedBy, string? DecidedBy);
