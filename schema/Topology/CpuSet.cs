using System.Numerics;
using System.Text;

namespace NumaHistory.Schema.Topology;

/// <summary>
/// A set of CPU (or cell) numbers, 0 to <see cref="MaxId"/>. Two sets with the same members are equal;
/// the text is the canonical kernel list, <c>0-3,8</c>. default(CpuSet) does not exist: the empty set is <see cref="Empty"/>.
/// </summary>
public sealed class CpuSet : IEquatable<CpuSet>
{
    /// <summary>The largest number taken; anything above is an absurd file, not a machine.</summary>
    public const int MaxId = 1_048_575;

    /// <summary>No member at all.</summary>
    public static readonly CpuSet Empty = new([], 0);

    private static readonly CpuSet?[] Singles = new CpuSet?[4_096];

    // Word i holds the numbers from 64 x (_start + i) on; neither the first nor the last is zero, so that high numbers cost no more than low ones.
    private readonly ulong[] _words;
    private readonly int _start;

    private CpuSet(ulong[] words, int start) => (_words, _start) = (words, start);

    /// <summary>How many members there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>True when there is no member.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>The largest member, or -1 when empty.</summary>
    public int Last => IsEmpty ? -1 : (End * 64) - 1 - BitOperations.LeadingZeroCount(_words[^1]);

    /// <summary>The smallest member, or -1 when empty.</summary>
    public int First => IsEmpty ? -1 : (_start * 64) + BitOperations.TrailingZeroCount(_words[0]);

    /// <summary>A set of the given members, in any order.</summary>
    public static CpuSet Of(params IEnumerable<int> ids)
    {
        var builder = new CpuSetBuilder();
        foreach (var id in ids)
        {
            builder.Add(id);
        }

        return builder.Build();
    }

    /// <summary>The set of one number; small numbers share theirs.</summary>
    public static CpuSet Single(int id) =>
        id >= Singles.Length ? Of(id) : Singles[id] ??= Of(id);

    /// <summary>All members from first to last, both included.</summary>
    public static CpuSet Range(int first, int last) => new CpuSetBuilder().AddRange(first, last).Build();

    /// <summary>Whether the number is a member.</summary>
    public bool Contains(int id) =>
        id >= 0 && (Word(id / 64) & (1UL << (id % 64))) != 0;

    /// <summary>Members of either.</summary>
    public CpuSet Union(CpuSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other))
        {
            return this;
        }

        return IsEmpty ? other : Combine(other, Math.Min(_start, other._start), Math.Max(End, other.End), (a, b) => a | b);
    }

    /// <summary>Members of both.</summary>
    public CpuSet Intersect(CpuSet other) => Combine(other, Math.Max(_start, other._start), Math.Min(End, other.End), (a, b) => a & b);

    /// <summary>Members of this that are not in the other.</summary>
    public CpuSet Except(CpuSet other) => Combine(other, _start, End, (a, b) => a & ~b);

    /// <summary>How many members are not in the other.</summary>
    public int CountExcept(CpuSet other)
    {
        var count = 0;
        for (var i = 0; i < _words.Length; i++)
        {
            count += BitOperations.PopCount(_words[i] & ~other.Word(_start + i));
        }

        return count;
    }

    /// <summary>The smallest member that is not below a number, or -1: a walk that allocates nothing.</summary>
    public int From(int id) => Next(id, 0);

    /// <summary>Whether the two share a member.</summary>
    public bool Overlaps(CpuSet other)
    {
        var end = Math.Min(End, other.End);
        for (var i = Math.Max(_start, other._start); i < end; i++)
        {
            if ((_words[i - _start] & other._words[i - other._start]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every member is also in the other.</summary>
    public bool IsSubsetOf(CpuSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other.Word(_start + i)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The members in rising order.</summary>
    public CpuSetMembers Members() => new(_words, _start);

    /// <summary>The runs of neighbouring members in rising order, both ends included.</summary>
    public IEnumerable<(int First, int Last)> Ranges()
    {
        for (var first = Next(0, 0); first >= 0;)
        {
            var end = Next(first, ulong.MaxValue);
            yield return (first, (end < 0 ? End * 64 : end) - 1);
            first = end < 0 ? -1 : Next(end, 0);
        }
    }

    /// <summary>Reads the canonical form, <c>0-3,8</c>; text that is not a plain list is refused (dialects: Formats).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CpuSet set)
    {
        set = Empty;
        var builder = new CpuSetBuilder();
        foreach (var part in text.IsEmpty ? default : text.Split(','))
        {
            var range = text[part];
            var dash = range.IndexOf('-');
            var first = dash < 0 ? range : range[..dash];
            var last = dash < 0 ? range : range[(dash + 1)..];
            if (!TryId(first, out var from) || !TryId(last, out var to) || to < from)
            {
                return false;
            }

            builder.AddRange(from, to);
        }

        set = builder.Build();
        return true;
    }

    /// <summary>Like <see cref="TryParse"/>; throws a FormatException that shows the text.</summary>
    public static CpuSet Parse(string text) =>
        TryParse(text, out var set) ? set : throw new FormatException($"'{text}' is not a list of CPU numbers");

    /// <summary>The canonical list: <c>0-3,8</c>; empty text for the empty set.</summary>
    public override string ToString()
    {
        if (_words.Length == 1 && BitOperations.IsPow2(_words[0]))
        {
            return First.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder();
        foreach (var (first, last) in Ranges())
        {
            text.Append(text.Length > 0 ? "," : "").Append(first);
            if (last > first)
            {
                text.Append('-').Append(last);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && _start == other._start && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_start);
        foreach (var word in _words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    /// <summary>The set whose numbers from 64 x start on these words hold.</summary>
    internal static CpuSet FromWords(ReadOnlySpan<ulong> words, int start)
    {
        var (first, end) = (0, words.Length);
        while (end > 0 && words[end - 1] == 0)
        {
            end--;
        }

        while (first < end && words[first] == 0)
        {
            first++;
        }

        return first == end ? Empty : new CpuSet(words[first..end].ToArray(), start + first);
    }

    // The number of the word after the last.
    private int End => _start + _words.Length;

    private ulong Word(int number) => number >= _start && number < End ? _words[number - _start] : 0;

    private static bool TryId(ReadOnlySpan<char> text, out int id) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out id) && id <= MaxId;

    private CpuSet Combine(CpuSet other, int start, int end, Func<ulong, ulong, ulong> combine)
    {
        if (end <= start)
        {
            return Empty;
        }

        var words = new ulong[end - start];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = combine(Word(start + i), other.Word(start + i));
        }

        return words[0] != 0 && words[^1] != 0 ? new CpuSet(words, start) : FromWords(words, start);
    }

    // The next number from one on that is a member (flip 0) or is none (flip all ones), or -1: none up to the last word.
    private int Next(int from, ulong flip)
    {
        if (from < _start * 64)
        {
            if (flip != 0)
            {
                return from;
            }

            from = _start * 64;
        }

        var mask = ulong.MaxValue << (from % 64);
        for (var i = from / 64; i < End; i++, mask = ulong.MaxValue)
        {
            var word = (_words[i - _start] ^ flip) & mask;
            if (word != 0)
            {
                return (i * 64) + BitOperations.TrailingZeroCount(word);
            }
        }

        return -1;
    }
}
