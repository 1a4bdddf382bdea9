namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>The hour and cell with the least left (below 0: missing) of what a guest needs there, KiB, free and reclaimable together.</summary>
public sealed record TightestItem(DateTimeOffset Hour, int Cell, long NeedKiB, long LeftKiB);
