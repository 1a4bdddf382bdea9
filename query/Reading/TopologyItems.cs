using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading;

/// <summary>The topology in force as an item.</summary>
internal static class TopologyItems
{
    public static TopologyItem? Of(HostState state, DateTimeOffset? until) =>
        state.InForce is { Topology: { } topology } source
            ? new TopologyItem(
                state.Name,
                source.TopologySince,
                until,
                source.Name,
                topology.Fingerprint,
                topology.CapacityFingerprint,
                topology.Cpus,
                topology.Cells,
                topology.CpuInfo,
                topology.Devices)
            : null;
}
