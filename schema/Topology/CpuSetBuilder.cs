namespace NumaHistory.Schema.Topology;

/// <summary>Collects members of a <see cref="CpuSet"/>
public sealed class CpuSetBuilder
{
    private ulong[] _words = [];

    /// <summary>Adds one number.</summary>
    public CpuSetBuilder Add(int id) => AddRange(id, id);

    /// <summary>Adds all numbers from first to last, both included; nothing when last is below first.</summary>
    public CpuSetBuilder AddRange(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, CpuSet.MaxId);
        if (last >= first && last / 64 >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max((last / 64) + 1, _words.Length * 2));
        }

        for (var word = first / 64; word <= last / 64 && last >= first; word++)
        {
            var low = Math.Max(first - (word * 64), 0);
            var high = Math.Min(last - (word * 64), 63);
            _words[word] |= (ulong.MaxValue << low) & (ulong.MaxValue >> (63 - high));
        }

        return this;
    }

    /// <summary>Adds every member of a set.</summary>
    public CpuSetBuilder AddAll(CpuSet set)
    {
        foreach (var (first, last) in set.Ranges())
        {
            AddRange(first, last);
        }

        return this;
    }

    /// <summary>Takes one number out; a number that is not there is no error.</summary>
    public CpuSetBuilder Remove(int id)
    {
        if (id >= 0 && id / 64 < _words.Length)
        {
            _words[id / 64] &= ~(1UL << (id % 64));
        }

        return this;
    }

    /// <summary>The set collected so far.</summary>
    public CpuSet Build() => CpuSet.FromWords(_words);
}
