namespace NumaHistory.Query.Reading;

/// <summary>
/// Which store: its connection string for the client library, its name in messages, without any secret, and what starts
/// it, null for a server that is not ours.
/// </summary>
internal sealed record StoreTarget(string ConnectionString, string Name, string? Start);
