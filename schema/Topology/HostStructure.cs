namespace NumaHistory.Schema.Topology;

/// <summary>
/// The facet of a topology that changes when hardware or its arrangement does: CPUs, cells, siblings, distances, devices. The
/// cells carry no memory, pools or online masks here; those are <see cref="HostCapacity"/>. Fingerprint: <see cref="Fingerprint.Of(HostStructure)"/>.
/// </summary>
public sealed record HostStructure(
    CpuSet? Possible,
    CpuSet? Present,
    IReadOnlyList<Cell>? Cells,
    IReadOnlyList<CpuInfo>? CpuInfo,
    IReadOnlyList<Device>? Devices);
