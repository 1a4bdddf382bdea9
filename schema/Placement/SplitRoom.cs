namespace NumaHistory.Schema.Placement;

/// <summary>What each host cell can give to a guest that is split freely, by index, if its vCPUs are all of one kind.</summary>
internal sealed class SplitRoom
{
    public SplitRoom(PlacementRequest request, CpuKind kind)
    {
        var (guest, rooms) = (request.Guest, request.Host.Cells);
        Kind = kind;
        HasEmulator = kind == CpuKind.Dedicated && guest.EmulatorThreads == EmulatorPolicy.Isolate;
        Supplies = [.. rooms.Select(room => new CellSupply(room))];
        Cpus = [.. Supplies.Select(cell => Vcpus(cell, kind, request.Limits))];
        MemoryKiB = [.. Supplies.Select(cell => Memory(cell, kind, request.Limits))];
        Wanted = [(guest.Vcpus ?? 0) + (HasEmulator ? 1 : 0), guest.MemoryKiB ?? 0, .. (guest.Resources ?? new Dictionary<string, long>()).Values];
        Names = [.. (guest.Resources ?? new Dictionary<string, long>()).Keys];
        Given =
        [
            Cpus, MemoryKiB,
            .. Names.Select(name => Supplies.Select(cell => cell.Room.Resources?.GetValueOrDefault(name) ?? 0).ToArray()),
        ];
    }

    public CpuKind Kind { get; }

    /// <summary>Whether one of the CPUs wanted is the emulator's.</summary>
    public bool HasEmulator { get; }

    public CellSupply[] Supplies { get; }

    public long[] Cpus { get; }

    public long[] MemoryKiB { get; }

    public string[] Names { get; }

    /// <summary>vCPUs, memory, then each resource: what the guest needs of it.</summary>
    public long[] Wanted { get; }

    /// <summary>The same: what each cell has of it.</summary>
    public long[][] Given { get; }

    /// <summary>Whether a cell can be one of those chosen: it has CPUs, memory and resources where such are asked for, be there none of them left.</summary>
    public bool IsUsable(int cell)
    {
        var supply = Supplies[cell];
        return (Wanted[0] == 0 || (Kind == CpuKind.Dedicated ? supply.Dedicated.Count : supply.SharedCount) > 0)
            && (Wanted[1] == 0 || supply.MemoryKiB > 0)
            && !Names.Where((name, i) => Wanted[i + 2] > 0 && supply.Room.Resources?.ContainsKey(name) != true).Any();
    }

    /// <summary>What is asked and what all cells have together, under the code that says it is short.</summary>
    public IEnumerable<(string Code, string Name, long Need, long Has)> Totals()
    {
        yield return (Kind == CpuKind.Dedicated ? "overlap" : "overcommit", Kind == CpuKind.Dedicated ? "dedicated CPUs" : "shared CPUs", Wanted[0], Given[0].Sum());
        yield return ("memory-capacity", "memory", Wanted[1], Given[1].Sum());
        for (var i = 0; i < Names.Length; i++)
        {
            yield return (PlacementCodes.Resources, Names[i], Wanted[i + 2], Given[i + 2].Sum());
        }
    }

    private static long Vcpus(CellSupply cell, CpuKind kind, PlacementLimits? limits) => kind == CpuKind.Dedicated ? cell.FreeCount
        : limits?.CpuAllocationRatio is { } ratio ? (long)Math.Clamp(Math.Floor((cell.SharedCount * ratio) - cell.SharedUsage), 0, cell.SharedCount)
        : cell.SharedCount;

    private static long Memory(CellSupply cell, CpuKind kind, PlacementLimits? limits) =>
        kind == CpuKind.Dedicated ? Math.Max(0, cell.MemoryKiB - cell.UsedKiB)
        : limits?.MemoryAllocationRatio is { } ratio ? (long)Math.Clamp((cell.MemoryKiB * ratio) - cell.UsedKiB, 0, cell.MemoryKiB)
        : cell.MemoryKiB;
}
