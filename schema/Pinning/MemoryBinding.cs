using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// The host cells a whole guest's memory is bound to. Cells null = left to the host (placement auto); mode is strict where
/// nothing is written.
/// </summary>
public sealed record MemoryBinding(MemoryMode Mode, CpuSet? Cells);
