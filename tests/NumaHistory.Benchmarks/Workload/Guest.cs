namespace NumaHistory.Benchmarks.Workload;

/// <summary>A guest on a cell of the workload, in pages of 4 KiB.</summary>
internal sealed class Guest
{
    public required int Size { get; init; }

    public int Held { get; private set; }

    public int PerTick { get; init; }

    public bool OnDemand { get; init; }

    public static Guest Running(int size) => new() { Size = size, Held = size };

    // What it takes in one sample: at once and then a 64th of the rest, or 6 GiB a second.
    public int Grow(SplitMix64 random)
    {
        var need = Size - Held;
        if (need == 0)
        {
            return 0;
        }

        var take = !OnDemand ? Math.Min(need, PerTick == 0 ? need : random.Range(PerTick / 2, PerTick))
            : Held == 0 ? Size / 4
            : Math.Min(need, (need / 64) + random.Below(200));
        Held += take;
        return take;
    }
}
