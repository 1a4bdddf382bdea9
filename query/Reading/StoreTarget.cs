namespace NumaHistory.Query.Reading;

/// <summary>Which store: its connection string for the client library, and its name in messages, without any secret.</summary>
internal sealed record StoreTarget(string ConnectionString, string Name);
