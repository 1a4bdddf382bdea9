namespace NumaHistory.Query.Reading;

/// <summary>Whose events: of the hosts a word means, of one guest, or of all.</summary>
internal sealed record HistoryScope(string? Host, Guid? Guest);
