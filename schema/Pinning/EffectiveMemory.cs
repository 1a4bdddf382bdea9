namespace NumaHistory.Schema.Pinning;

/// <summary>How much of a running guest's memory lies in a cell at that instant, huge pages included, in KiB.</summary>
public sealed record EffectiveMemory(int Cell, long KiB);
