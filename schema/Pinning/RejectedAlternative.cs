namespace NumaHistory.Schema.Pinning;

/// <summary>A host that was not chosen, and why; null = it came second.</summary>
public sealed record RejectedAlternative(string Host, string? Why);
