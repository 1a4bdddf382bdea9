namespace NumaHistory.Query.Reading;

/// <summary>A row of numa.host: a host as its newest facts tell.</summary>
internal sealed record HostRow(
    string Key,
    string Name,
    string? Architecture,
    string? Hypervisor,
    string? BootId,
    DateTimeOffset? BootedAt,
    int? Cells,
    int? Cpus,
    long? MemoryKiB,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen);
