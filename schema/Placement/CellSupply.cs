using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>What one host cell can give, counted; cores only where somebody asks for them.</summary>
internal sealed class CellSupply
{
    private Core[]? _cores;
    private int _onSmt;
    private int _mostFree;
    private bool _hasLoneThread;

    public CellSupply(CellRoom room, CpuSet? ownShared = null, int ownSharedVcpus = 0, long ownKiB = 0)
    {
        Room = room;
        Dedicated = room.DedicatedCpus ?? CpuSet.Empty;
        Used = room.UsedDedicatedCpus ?? CpuSet.Empty;
        FreeCount = Dedicated.CountExcept(Used);
        ForVcpus = room.VcpuCpus?.Intersect(Dedicated) ?? Dedicated;
        FreeForVcpus = room.VcpuCpus is null ? FreeCount : ForVcpus.CountExcept(Used);
        Shared = ownShared ?? NotUsed(room.SharedCpus ?? CpuSet.Empty);
        SharedCount = Shared.Count;
        OwnShared = ownSharedVcpus;
        OwnKiB = ownKiB;
    }

    public CellRoom Room { get; }

    public CpuSet Dedicated { get; }

    /// <summary>Those of the dedicated CPUs that vCPUs may have.</summary>
    public CpuSet ForVcpus { get; }

    /// <summary>The same cell with the other ones alone, null = there are none.</summary>
    public CellSupply? Others => Room.VcpuCpus is null ? null : new(Room with { DedicatedCpus = Dedicated.Except(ForVcpus), VcpuCpus = null }, Shared);

    public CpuSet Used { get; }

    public CpuSet Shared { get; }

    public int SharedCount { get; }

    /// <summary>The same cell with no more dedicated CPUs than these.</summary>
    public CellSupply Giving(CpuSet dedicated) => new(Room with { DedicatedCpus = dedicated }, Shared, OwnShared, OwnKiB);

    public int FreeCount { get; }

    public int FreeForVcpus { get; }

    /// <summary>Shared vCPUs of the same guest that are here already.</summary>
    public int OwnShared { get; }

    /// <summary>Memory of the same guest that is here already, KiB.</summary>
    public long OwnKiB { get; }

    public long MemoryKiB => Room.MemoryKiB ?? 0;

    public long UsedKiB => Room.MemoryUsedKiB ?? 0;

    public double SharedUsage => Room.SharedCpuUsage ?? 0;

    /// <summary>Cores with threads that are free for vCPUs, in the order the host lists them, then CPUs that no core lists.</summary>
    public Core[] Cores => _cores ??= Arrange();

    /// <summary>Free threads of the core that has the most.</summary>
    public int MostFree
    {
        get
        {
            _ = Cores;
            return _mostFree;
        }
    }

    /// <summary>How many cores the cell's dedicated CPUs are, used ones counted too.</summary>
    public int CoreCount => Dedicated.Count - (Room.Siblings ?? []).Sum(core => Math.Max(0, core.Intersect(Dedicated).Count - 1));

    /// <summary>Whether some core has more than one thread.</summary>
    public bool HasSmt => (Room.Siblings ?? []).Any(core => core.Count > 1);

    public bool IsFree(int cpu) => ForVcpus.Contains(cpu) && !Used.Contains(cpu);

    /// <summary>
    /// How many vCPUs can sit two or more to a core. One that is left over may be alone on a core with SMT, if the number is odd: an even
    /// one can always be in pairs.
    /// </summary>
    public bool HasPairs(int vcpus)
    {
        _ = Cores;
        return vcpus == 1 ? _onSmt > 0 || _hasLoneThread
            : vcpus <= _onSmt || (vcpus == _onSmt + 1 && vcpus % 2 == 1 && _hasLoneThread);
    }

    /// <summary>Whether so many vCPUs can have a core each, and so many other CPUs are left on cores of nobody of them.</summary>
    public bool HasCores(int vcpus, int aside)
    {
        Span<int> sizes = stackalloc int[65];
        var alone = 0;
        foreach (var core in Cores)
        {
            if (core.IsAlone)
            {
                sizes[Math.Min(core.Free, 64)]++;
                alone++;
            }
        }

        var taken = 0;
        var wanted = vcpus;
        for (var size = 1; size <= 64 && wanted > 0; size++)
        {
            var some = Math.Min(sizes[size], wanted);
            taken += some * size;
            wanted -= some;
        }

        return alone >= vcpus && FreeCount - taken >= aside;
    }

    /// <summary>How many cores nobody else would run on, were so many used CPUs free, those that make the most cores.</summary>
    public int CoresIfFreed(int cpus)
    {
        var siblings = Room.Siblings ?? [];
        var listed = siblings.Aggregate(new CpuSetBuilder(), (all, threads) => all.AddAll(threads)).Build();
        var cores = 0;
        foreach (var used in siblings.Where(core => core.Overlaps(Dedicated) && !core.Except(Dedicated).Overlaps(Shared)).Select(core => core.Intersect(Used).Count)
            .Concat(Dedicated.Except(listed).Members().Select(cpu => Used.Contains(cpu) ? 1 : 0)).Order())
        {
            if (used > Math.Max(0, cpus))
            {
                break;
            }

            cpus -= used;
            cores++;
        }

        return cores;
    }

    /// <summary>How many vCPUs, up to that many, could sit in pairs if nobody else were there.</summary>
    public int MostPaired(int vcpus)
    {
        var empty = new CellSupply(Room with { UsedDedicatedCpus = null });
        while (vcpus > 0 && !empty.HasPairs(vcpus))
        {
            vcpus--;
        }

        return vcpus;
    }

    private CpuSet NotUsed(CpuSet shared) => shared.Overlaps(Used) ? shared.Except(Used) : shared;

    private Core[] Arrange()
    {
        var siblings = Room.Siblings ?? [];
        var free = ForVcpus.Except(Used);
        var cores = new List<Core>(siblings.Count);
        var covered = 0;
        for (var i = 0; i < siblings.Count; i++)
        {
            covered += siblings[i].Count - siblings[i].CountExcept(ForVcpus);
            Add(cores, siblings[i], free);
        }

        if (covered < ForVcpus.Count)
        {
            var listed = siblings.Aggregate(new CpuSetBuilder(), (all, threads) => all.AddAll(threads)).Build();
            foreach (var cpu in ForVcpus.Except(listed).Members())
            {
                if (free.Contains(cpu))
                {
                    _mostFree = Math.Max(_mostFree, 1);
                    cores.Add(new Core(null, cpu, 1, 1, true));
                }
            }
        }

        return [.. cores];
    }

    // A thread of the shared pool is anybody's. One of another cell that nobody has is nobody's.
    private void Add(List<Core> cores, CpuSet threads, CpuSet freeCpus)
    {
        var size = threads.Count;
        var free = size - threads.CountExcept(freeCpus);
        if (free == 0)
        {
            return;
        }

        var isAlone = free == size || !threads.Except(freeCpus).Overlaps(Used.Union(Shared).Union(Dedicated));
        _mostFree = Math.Max(_mostFree, free);
        _onSmt += free > 1 ? free : 0;
        _hasLoneThread |= free == 1 && size > 1;
        cores.Add(new Core(threads, -1, free, size, isAlone));
    }
}
