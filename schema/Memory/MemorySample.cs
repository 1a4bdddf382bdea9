namespace NumaHistory.Schema.Memory;

/// <summary>The memory of every cell of a host at one instant, from one read, cells in rising order of id.</summary>
public sealed record MemorySample(DateTimeOffset At, IReadOnlyList<CellMemory> Cells);
