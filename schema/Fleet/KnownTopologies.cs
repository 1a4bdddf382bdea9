using System.Collections.Concurrent;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// Topologies in force, made once for each pair of a structure and a capacity: pairs come again, on other hosts and at other times, and what
/// is derived from one is kept with it.
/// </summary>
public sealed class KnownTopologies
{
    private readonly ConcurrentDictionary<(Fingerprint, Fingerprint?), HostTopology> _made = [];
    private readonly ConcurrentDictionary<HostTopology, HostTopology> _bare = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(Fingerprint?, Fingerprint?), HostTopology> _alike = [];

    /// <summary>The topology in force on a host; null = not known.</summary>
    public HostTopology? Of(HostState host) => host.InForce is { } source ? Of(source) : null;

    /// <summary>The topology that a source gives; null = it gave none.</summary>
    public HostTopology? Of(SourceState source) => source.Structure is { } structure ? Of(structure, source.Capacity) : null;

    /// <summary>A structure with a capacity.</summary>
    public HostTopology Of(TopologyObserved structure, CapacityObserved? capacity)
    {
        var key = (structure.Fingerprint, capacity?.Fingerprint);
        return _made.TryGetValue(key, out var known) ? known : _made.GetOrAdd(key, _ => HostTopology.Of(structure.Structure, capacity?.Capacity));
    }

    /// <summary>The machine without its devices: the same object for all topologies that differ in nothing else.</summary>
    public HostTopology Bare(HostTopology topology) => _bare.TryGetValue(topology, out var known) ? known : _bare.GetOrAdd(topology, made =>
    {
        var bare = HostTopology.Of(made.Cpus, made.Cells, made.CpuInfo);
        return _alike.GetOrAdd((bare.Fingerprint, bare.CapacityFingerprint), bare);
    });
}
