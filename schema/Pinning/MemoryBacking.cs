namespace NumaHistory.Schema.Pinning;

/// <summary>Whether a guest's memory is locked into RAM, and whether it is allocated at the start.</summary>
public sealed record MemoryBacking(bool Locked, bool Immediate);
