using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Placement;

/// <summary>A kind of guest whose largest size is asked for: over how many cells, on what CPUs, in which pages (KiB, null = ordinary memory).</summary>
public sealed record GuestShape(string Name, int Cells, CpuKind Cpu = CpuKind.Dedicated, SmtPolicy? Smt = null, long? PageSizeKiB = null)
{
    /// <summary>One cell with CPUs of its own, what fragmentation is measured with.</summary>
    public static readonly GuestShape OneCell = new("1 cell", 1);

    /// <summary>The common ones.</summary>
    public static IReadOnlyList<GuestShape> Common { get; } =
    [
        OneCell,
        new("2 cells", 2),
        new("4 cells", 4),
        new("1 cell, cores alone", 1, Smt: SmtPolicy.Isolate),
        new("1 cell, 2 MiB pages", 1, PageSizeKiB: 2048),
        new("1 cell, 1 GiB pages", 1, PageSizeKiB: 1_048_576),
        new("1 cell, shared", 1, CpuKind.Shared),
        new("2 cells, shared", 2, CpuKind.Shared),
        new("4 cells, shared", 4, CpuKind.Shared),
    ];

    internal GuestWish Wish(int vcpus, long memoryKiB, FitLimits limits) => new(Name, vcpus, memoryKiB, Cpu, Cells, Smt: Smt, PageSizeKiB: PageSizeKiB, Limits: limits);
}
