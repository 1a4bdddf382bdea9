using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// One core of a cell with free dedicated threads: the threads, how many of them are free, how many threads the core has, and whether
/// nobody but their new owner would run on it.
/// </summary>
internal readonly record struct Core(CpuSet Threads, int Free, int Size, bool IsAlone);
