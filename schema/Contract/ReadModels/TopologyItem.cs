using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The topology of one host that is in force from Since until Until (null = still), <c>numa-history topology</c>: the
/// members of an observation's topology, and the source they come from.
/// </summary>
public sealed record TopologyItem(
    string Host,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    string Source,
    Fingerprint? Fingerprint,
    Fingerprint? CapacityFingerprint,
    CpuMasks Cpus,
    IReadOnlyList<Cell>? Cells,
    IReadOnlyList<CpuInfo>? CpuInfo,
    IReadOnlyList<Device>? Devices);
