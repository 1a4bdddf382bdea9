using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// The host that a topology document describes, or why it cannot be used. Masks are unknown: the XML does not say which
/// of its CPUs are online. Memory is totals only, so there is no sample. Paths of problems are empty: the caller knows
/// the file.
/// </summary>
public sealed record TopologyReading(
    HostTopology? Topology,
    string? Architecture,
    HostSettings? Settings,
    IReadOnlyList<Problem> Problems,
    Problem? Refused)
{
    /// <summary><c>xen</c> where the capabilities are those of a Xen host; null = nothing is said.</summary>
    public string? Hypervisor { get; init; }
}
