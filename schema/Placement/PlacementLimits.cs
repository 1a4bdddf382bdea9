namespace NumaHistory.Schema.Placement;

/// <summary>
/// How far shared vCPUs and their memory may be promised several times: vCPUs per shared CPU, promised per total memory; null = no further limit.
/// </summary>
public sealed record PlacementLimits(double? CpuAllocationRatio = null, double? MemoryAllocationRatio = null);
