using System.Runtime.CompilerServices;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// A topology arranged for looking things up, made once per topology and kept as long as that lives. Masks that the source did not
/// give stay null; Existing is what it says of CPUs at all.
/// </summary>
internal sealed class TopologyIndex
{
    private static readonly ConditionalWeakTable<HostTopology, TopologyIndex> Made = [];

    private readonly Dictionary<int, (Cell Cell, long? OrdinaryKiB)> _cells = [];
    private readonly CpuInfo?[] _info;
    private readonly int[] _cellOf;
    private readonly Dictionary<int, CpuSet> _several = [];
    private readonly ConditionalWeakTable<TopologyIndex, ChangedCpus> _changed = [];

    private TopologyIndex(HostTopology topology)
    {
        Topology = topology;
        DefaultPageKiB = DefaultPage.KiB(topology);
        var inCells = new CpuSetBuilder();
        foreach (var cell in topology.Cells ?? [])
        {
            _cells.TryAdd(cell.Id, (cell, cell.MemoryKiB - (cell.Pages ?? []).Sum(pool => pool.SizeKiB * (pool.Total ?? 0))));
            inCells.AddAll(cell.Cpus ?? CpuSet.Empty);
        }

        var listed = inCells.AddAll(CpuSet.Of((topology.CpuInfo ?? []).Select(cpu => cpu.Id))).Build();
        Existing = Both(topology.Cpus.Possible, topology.Cpus.Present) ?? topology.Cpus.Online?.Union(listed)
            ?? (topology.Cells is null && topology.CpuInfo is null ? null : listed);
        Online = topology.Cpus.Online;
        var size = Math.Max(listed.Last, Existing?.Last ?? -1) + 1;
        _info = new CpuInfo?[size];
        _cellOf = new int[size];
        Array.Fill(_cellOf, -1);
        Fill(topology);
    }

    public HostTopology Topology { get; }

    /// <summary>CPUs that are possible and present; null where nothing tells.</summary>
    public CpuSet? Existing { get; }

    public CpuSet? Online { get; }

    public CpuSet? Isolated => Topology.Cpus.Isolated;

    /// <summary>The largest number of threads that a core shows; null where no siblings are known.</summary>
    public int? ThreadsPerCore { get; private set; }

    /// <summary>The lowest memory tier of a cell that has CPUs, null where no tier is known.</summary>
    public int? FastestTier { get; private set; }

    /// <summary>Whether the host has cores of different types.</summary>
    public bool HasCoreTypes { get; private set; }

    /// <summary>Whether some cell cannot reach another.</summary>
    public bool HasUnreachable { get; private set; }

    public static TopologyIndex Of(HostTopology topology) => Made.GetValue(topology, made => new TopologyIndex(made));

    public Cell? Cell(int id) => _cells.GetValueOrDefault(id).Cell;

    /// <summary>The memory of a cell outside of its page pools, KiB, below zero where they are said to hold more; null = not known.</summary>
    public long? OrdinaryKiB(int id) => _cells.GetValueOrDefault(id).OrdinaryKiB;

    /// <summary>The size of huge pages for which no size is named, KiB.</summary>
    public long DefaultPageKiB { get; }

    public CpuInfo? Info(int cpu) => cpu < _info.Length ? _info[cpu] : null;

    /// <summary>The cell a CPU lies in, the first of several; -1 = none is known.</summary>
    public int CellOf(int cpu) => cpu < _cellOf.Length ? _cellOf[cpu] : -1;

    /// <summary>Numbers from here on mean no CPU that is known.</summary>
    public int Size => _info.Length;

    /// <summary>The CPUs that are others than they were in another topology, found once for each such pair.</summary>
    public ChangedCpus ChangedSince(TopologyIndex before) => _changed.GetValue(before, was => new ChangedCpus(was, this));

    /// <summary>Whether a CPU lies in one of the cells.</summary>
    public bool LiesIn(int cpu, CpuSet cells) =>
        _several.TryGetValue(cpu, out var all) ? all.Overlaps(cells) : CellOf(cpu) is >= 0 and var one && cells.Contains(one);

    /// <summary>The cells that hold any of the CPUs, without those that are in no known cell.</summary>
    public CpuSet CellsOf(CpuSet cpus)
    {
        var cells = new CpuSetBuilder();
        foreach (var cpu in cpus.Members())
        {
            if (CellOf(cpu) is >= 0 and var cell)
            {
                cells.Add(cell);
            }
        }

        return cells.Build();
    }

    /// <summary>Whether a CPU can run something, as far as is known.</summary>
    public bool IsUsable(int cpu) => Existing?.Contains(cpu) != false && Online?.Contains(cpu) != false;

    private void Fill(HostTopology topology)
    {
        HasCoreTypes = (topology.CpuInfo ?? []).Select(cpu => cpu.CoreType).OfType<string>().Distinct().Skip(1).Any();
        HasUnreachable = (topology.Cells ?? []).Any(cell => cell.Distances?.Any(to => to.Distance >= 255) == true);
        foreach (var cpu in topology.CpuInfo ?? [])
        {
            _info[cpu.Id] = cpu;
            if (cpu.Siblings is { } siblings && Online?.Contains(cpu.Id) != false)
            {
                ThreadsPerCore = Math.Max(ThreadsPerCore ?? 0, siblings.Count);
            }
        }

        foreach (var cell in topology.Cells ?? [])
        {
            foreach (var cpu in (cell.Cpus ?? CpuSet.Empty).Members())
            {
                Place(cpu, cell.Id);
            }

            if (cell is { Tier: { } tier, Cpus.IsEmpty: false })
            {
                FastestTier = Math.Min(FastestTier ?? tier, tier);
            }
        }
    }

    // A CPU is in several cells where cells are faked out of one.
    private void Place(int cpu, int cell)
    {
        if (_cellOf[cpu] < 0)
        {
            _cellOf[cpu] = cell;
            return;
        }

        _several[cpu] = (_several.GetValueOrDefault(cpu) ?? CpuSet.Of(_cellOf[cpu])).Union(CpuSet.Of(cell));
    }

    private static CpuSet? Both(CpuSet? left, CpuSet? right) =>
        left is null ? right : right is null ? left : left.Intersect(right);
}
