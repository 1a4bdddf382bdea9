using System.Text.Json.Serialization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What one guest cell needs. vCPUs are shared or dedicated; memory is in KiB; a page size that is given counts before a choice of sizes,
/// both null = pages are not counted. SMT null = prefer. Reserved CPUs are dedicated ones beside those of the vCPUs. OnlyOn are the host
/// cells it may go to, null = any.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CellDemand(
    int Id,
    CpuSet? SharedVcpus = null,
    CpuSet? DedicatedVcpus = null,
    long? MemoryKiB = null,
    long? PageSizeKiB = null,
    PageChoice? PageSize = null,
    SmtPolicy? Smt = null,
    int? ReservedCpus = null,
    IReadOnlyDictionary<string, long>? Resources = null,
    CpuSet? OnlyOn = null);
