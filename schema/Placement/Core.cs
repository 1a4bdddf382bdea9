using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// One core of a cell with free dedicated threads: the threads, how many of them are free, how many threads the core has, and whether
/// nobody but their new owner would run on it. Threads null = the one CPU Lone, of which no core is known: a cell may have a million of these.
/// </summary>
internal readonly record struct Core(CpuSet? Threads, int Lone, int Free, int Size, bool IsAlone)
{
    /// <summary>The smallest thread that is not below a number, or -1.</summary>
    public int From(int cpu) => Threads?.From(cpu) ?? (Lone >= cpu ? Lone : -1);
}
