namespace NumaHistory.Benchmarks.Workload;

/// <summary>The random numbers of the standard workload: the same in every language.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool Chance(int perMillion) => Below(1_000_000) < perMillion;

    public int Range(int least, int most) => least + Below(most - least + 1);

    public int Geometric(int numerator, int denominator)
    {
        var count = 0;
        while (count < 4096 && Below(denominator) < numerator)
        {
            count++;
        }

        return count;
    }

    // A generator of its own for each host (cell -1) and each of its cells.
    public static SplitMix64 For(long seed, int host, int cell)
    {
        var outer = new SplitMix64((ulong)seed).Next();
        var inner = new SplitMix64(outer ^ ((ulong)(uint)host << 20) ^ (uint)(cell + 1));
        inner.Next();
        return new SplitMix64(inner.Next());
    }
}
