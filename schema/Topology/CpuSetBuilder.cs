namespace NumaHistory.Schema.Topology;

/// <summary>Collects members of a <see cref="CpuSet"/>.</summary>
public sealed class CpuSetBuilder
{
    private ulong[] _words = [];
    private int _start;

    /// <summary>Adds one number.</summary>
    public CpuSetBuilder Add(int id) => AddRange(id, id);

    /// <summary>Adds all numbers from first to last, both included; nothing when last is below first.</summary>
    public CpuSetBuilder AddRange(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, CpuSet.MaxId);
        if (last < first)
        {
            return this;
        }

        Reach(first / 64, last / 64);
        for (var word = first / 64; word <= last / 64; word++)
        {
            var low = Math.Max(first - (word * 64), 0);
            var high = Math.Min(last - (word * 64), 63);
            _words[word - _start] |= (ulong.MaxValue << low) & (ulong.MaxValue >> (63 - high));
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
        if (id / 64 >= _start && id >= 0 && (id / 64) - _start < _words.Length)
        {
            _words[(id / 64) - _start] &= ~(1UL << (id % 64));
        }

        return this;
    }

    /// <summary>The set collected so far.</summary>
    public CpuSet Build() => CpuSet.FromWords(_words, _start);

    // Twice as much as before where something is there already, so that many small steps stay cheap.
    private void Reach(int first, int last)
    {
        if (_words.Length == 0)
        {
            (_words, _start) = (new ulong[last - first + 1], first);
        }
        else if (first < _start)
        {
            var start = Math.Max(0, Math.Min(first, _start - _words.Length));
            var words = new ulong[Math.Max(last + 1, _start + _words.Length) - start];
            _words.CopyTo(words, _start - start);
            (_words, _start) = (words, start);
        }
        else if (last - _start >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(last - _start + 1, _words.Length * 2));
        }
    }
}
