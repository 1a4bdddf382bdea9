using CsCheck;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Support;

/// <summary>
/// Topologies of few ids, so that two of them overlap: any combination of known, unknown and empty, as sources of all
/// kinds give them. What no machine would show is in here too.
/// </summary>
public static class GensTopology
{
    public static readonly Gen<CpuSet> Cpus = Gen.Int[0, 9].Array[0, 6].Select(ids => CpuSet.Of(ids));

    private static readonly Gen<CpuSet?> MaybeCpus = Gen.Null(Cpus, 0.15);

    private static readonly Gen<int[]> Ids = Gen.Int[0, 4].Array[0, 4].Select(ids => ids.Distinct().Order().ToArray());

    private static readonly Gen<CpuMasks> Masks =
        Gen.Select(MaybeCpus, MaybeCpus, MaybeCpus, MaybeCpus, MaybeCpus, MaybeCpus)
            .Select(mask => new CpuMasks(mask.Item1, mask.Item2, mask.Item3, mask.Item4, mask.Item5, mask.Item6));

    private static readonly Gen<IReadOnlyList<PagePool>?> Pages = Gen.Null(
        Gen.Select(Gen.Long[0, 2].Nullable(), Gen.Long[0, 2].Nullable(), Gen.Int[1, 2], (small, large, sizes) =>
            (IReadOnlyList<PagePool>)[.. new PagePool[] { new(2048, small), new(1_048_576, large) }.Take(sizes)]),
        0.2);

    private static readonly Gen<IReadOnlyList<CellAccess>?> Access = Gen.Null(
        Gen.Select(MaybeCpus, Gen.Long[1, 2].Nullable(), (from, latency) =>
            (IReadOnlyList<CellAccess>)[new CellAccess(0, from, latency, null, null, null)]),
        0.5);

    /// <summary>Any topology; both fingerprints are computed.</summary>
    public static readonly Gen<HostTopology> Any = Gen.Select(
        Masks,
        Gen.Null(Cells(), 0.1),
        Gen.Null(CpuInfo(), 0.1),
        Gen.Null(Devices(), 0.1),
        HostTopology.Of);

    /// <summary>The same, sometimes without a capacity, as after a structure alone was recorded.</summary>
    public static readonly Gen<HostTopology> Recorded =
        Gen.Select(Any, Gen.Bool, (any, both) => HostTopology.Of(any.Structure(), both ? any.Capacity() : null));

    /// <summary>The same from a source that lists things twice and in no order.</summary>
    public static readonly Gen<HostTopology> Disordered = Gen.Select(Any, Any, Gen.Bool, (a, b, twice) => a with
    {
        Cells = a.Cells?.Reverse().ToList(),
        Devices = twice && a.Devices is not null ? [.. a.Devices, .. b.Devices ?? []] : a.Devices,
        CpuInfo = twice ? a.CpuInfo : a.CpuInfo?.Reverse().ToList(),
    }).Select(topology => HostTopology.Of(topology.Structure(), topology.Capacity()));

    private static Gen<IEnumerable<Cell>> Cells() => Ids.SelectMany(ids => Gen.Select(
        Cell(ids).Array[ids.Length],
        cells => cells.Select((cell, i) => cell with { Id = ids[i] })));

    private static Gen<Cell> Cell(int[] ids) =>
        from cpus in MaybeCpus
        from online in MaybeCpus
        from memory in Gen.Long[0, 3].Nullable()
        from movable in Gen.Long[0, 1].Nullable()
        from tier in Gen.Int[0, 1].Nullable()
        from pages in Pages
        from row in Gen.Null(Row(ids), 0.2)
        from access in Access
        from path in Gen.Null(Gen.OneOf("0", "0/1"), 0.8)
        select new Cell(0, cpus, online, memory * 4096, movable * 4096, tier, pages, row, access, [], path);

    private static Gen<IReadOnlyList<CellDistance>> Row(int[] ids) =>
        Gen.OneOf(10, 11, 20).Array[ids.Length].Select(row =>
            (IReadOnlyList<CellDistance>)[.. ids.Select((id, i) => new CellDistance(id, row[i]))]);

    private static Gen<IEnumerable<CpuInfo>> CpuInfo() => Cpus.SelectMany(cpus => Gen.Select(
        Cpu().Array[cpus.Count],
        infos => cpus.Members().Zip(infos, (id, info) => info with { Id = id })));

    private static Gen<CpuInfo> Cpu() => Gen.Select(
        Gen.Int[0, 1].Nullable(),
        Gen.Int[0, 2].Nullable(),
        MaybeCpus,
        MaybeCpus,
        Gen.Null(Gen.OneOf("A", "B \"ü\""), 0.3),
        Gen.Int[0, 2].Nullable(),
        (socket, core, siblings, l3, model, apic) =>
            new CpuInfo(0, socket, 0, null, core, siblings, l3, null, model, null, apic));

    private static Gen<IEnumerable<Device>> Devices() => Gen.Select(
        Gen.OneOf("0000:00:1f.0", "0000:3b:00.0", "nvme0").Array[0, 3],
        Gen.OneOf("eth0", "eth1").Array[0, 2],
        Gen.Int[0, 2].Nullable(),
        (addresses, names, cell) => addresses.Distinct()
            .Select(address => new Device(address, "network", names, null, cell)));
}
