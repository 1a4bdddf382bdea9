namespace NumaHistory.Schema.Topology;

/// <summary>
/// The CPUs, cells and devices of a host at one moment: a <see cref="HostStructure"/> and a <see cref="HostCapacity"/> put together.
/// Null lists were not looked at; empty ones were, and nothing was there. Cells and CPUs are in rising order of id.
/// </summary>
public sealed record HostTopology(
    Fingerprint? Fingerprint,
    Fingerprint? CapacityFingerprint,
    CpuMasks Cpus,
    IReadOnlyList<Cell>? Cells,
    IReadOnlyList<CpuInfo>? CpuInfo,
    IReadOnlyList<Device>? Devices)
{
    /// <summary>Puts cells, CPUs and devices in canonical order and computes both fingerprints.</summary>
    public static HostTopology Of(
        CpuMasks cpus,
        IEnumerable<Cell>? cells,
        IEnumerable<CpuInfo>? cpuInfo = null,
        IEnumerable<Device>? devices = null)
    {
        var topology = Unsigned(cpus, cells, cpuInfo, devices);
        return topology with
        {
            Fingerprint = Schema.Topology.Fingerprint.Of(topology.Structure()),
            CapacityFingerprint = Schema.Topology.Fingerprint.Of(topology.Capacity()),
        };
    }

    /// <summary>The same without fingerprints, for questions that compare nothing: they cost more than all the rest of reading a host.</summary>
    public static HostTopology Unsigned(
        CpuMasks cpus,
        IEnumerable<Cell>? cells,
        IEnumerable<CpuInfo>? cpuInfo = null,
        IEnumerable<Device>? devices = null) => new(
            null,
            null,
            cpus,
            cells?.OrderBy(cell => cell.Id).ToList(),
            cpuInfo?.OrderBy(cpu => cpu.Id).ToList(),
            devices?.OrderBy(device => device.Address, StringComparer.Ordinal).ToList());

    /// <summary>A structure with the capacity in force beside it; cells the capacity does not know keep null there.</summary>
    public static HostTopology Of(HostStructure structure, HostCapacity? capacity)
    {
        var known = capacity?.Cells?.ToDictionary(cell => cell.Id) ?? [];
        return new HostTopology(
            Schema.Topology.Fingerprint.Of(structure),
            capacity is null ? null : Schema.Topology.Fingerprint.Of(capacity),
            new CpuMasks(
                structure.Possible,
                structure.Present,
                capacity?.Online,
                capacity?.Isolated,
                capacity?.NohzFull,
                capacity?.Allowed),
            structure.Cells?.Select(cell => known.TryGetValue(cell.Id, out var now) ? With(cell, now) : cell).ToList(),
            structure.CpuInfo,
            structure.Devices);
    }

    /// <summary>The cell with that id, or null.</summary>
    public Cell? Find(int id) => Cells?.FirstOrDefault(cell => cell.Id == id);

    /// <summary>The structure facet of this topology.</summary>
    public HostStructure Structure() => new(
        Cpus.Possible,
        Cpus.Present,
        Cells?.Select(cell => cell with { OnlineCpus = null, MemoryKiB = null, MovableKiB = null, Pages = null }).ToList(),
        CpuInfo,
        Devices);

    /// <summary>The capacity facet of this topology.</summary>
    public HostCapacity Capacity() => new(
        Cpus.Online,
        Cpus.Isolated,
        Cpus.NohzFull,
        Cpus.Allowed,
        Cells?.Select(cell => new CellCapacity(cell.Id, cell.OnlineCpus, cell.MemoryKiB, cell.MovableKiB, cell.Pages)).ToList());

    private static Cell With(Cell cell, CellCapacity now) => cell with
    {
        OnlineCpus = now.OnlineCpus,
        MemoryKiB = now.MemoryKiB,
        MovableKiB = now.MovableKiB,
        Pages = now.Pages,
    };
}
