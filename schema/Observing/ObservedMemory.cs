using NumaHistory.Schema.Memory;

namespace NumaHistory.Schema.Observing;

/// <summary>The memory facet of an observation: every cell, one read.</summary>
public sealed record ObservedMemory(IReadOnlyList<CellMemory> Cells);
