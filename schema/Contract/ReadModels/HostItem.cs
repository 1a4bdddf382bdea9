namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// What is known of one host, <c>numa-history hosts</c>. Host: its name; Key: what lasts when the name changes. Cells
/// and Cpus are numbers, Cpus the online ones; MemoryKiB the sum of the cells. Null = not known.
/// </summary>
public sealed record HostItem(
    string Host,
    string Key,
    string? Architecture,
    string? Hypervisor,
    string? BootId,
    int? Cells,
    int? Cpus,
    long? MemoryKiB,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen);
