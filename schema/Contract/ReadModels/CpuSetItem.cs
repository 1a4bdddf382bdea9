namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// One expression of <c>numa-history cpuset</c>: the text as given and its canonical list, or why it is none.
/// </summary>
public sealed record CpuSetItem(string Text, string? Cpus, int? Count, string? Error);
