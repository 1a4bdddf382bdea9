namespace NumaHistory.Schema.Fit;

/// <summary>
/// How far shared resources may be promised several times: vCPUs per shared CPU, guest memory per host memory; null = no limit. Reserve
/// is memory in KiB of every cell that guests may not have; overhead is what each guest costs beside its own memory.
/// </summary>
public sealed record FitLimits(
    double? CpuAllocationRatio = null,
    double? MemoryAllocationRatio = null,
    long ReserveKiB = 0,
    long GuestOverheadKiB = 0)
{
    /// <summary>Nothing is promised several times, and nothing kept back.</summary>
    public static readonly FitLimits None = new();
}
