namespace NumaHistory.Query.Reading.Exporting;

/// <summary>Which events are exported: by observed time, recorded time, host (name or key) and guest; null = all.</summary>
internal sealed record ExportFilter(
    DateTimeOffset? Since, DateTimeOffset? Until, DateTimeOffset? KnownAt, string? Host, Guid? Guest);
