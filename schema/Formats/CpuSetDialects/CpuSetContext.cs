using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// The machine a CPU list is read for. Universe: the CPUs (for numactl-nodes: the cells) that <c>all</c>, <c>N</c> and
/// <c>!x</c> refer to, null when not known. Cells: the CPUs of each cell, by cell number, for xl's <c>nodes:0</c>;
/// empty when not known.
/// </summary>
public sealed record CpuSetContext(CpuSet? Universe, IReadOnlyDictionary<int, CpuSet> Cells)
{
    /// <summary>Nothing is known of the machine.</summary>
    public static readonly CpuSetContext Unknown = new(null, new Dictionary<int, CpuSet>());

    /// <summary>How many numbers a mask for this machine holds, or null when the universe is not known.</summary>
    internal int? Width => Universe is null ? null : Universe.Last + 1;
}
