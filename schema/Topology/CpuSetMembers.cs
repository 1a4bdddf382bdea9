using System.Collections;
using System.Numerics;

namespace NumaHistory.Schema.Topology;

/// <summary>The members of a <see cref="CpuSet"/> in rising order; a foreach over them allocates nothing.</summary>
public readonly struct CpuSetMembers : IEnumerable<int>
{
    private readonly ulong[]? _words;
    private readonly int _start;

    internal CpuSetMembers(ulong[] words, int start) => (_words, _start) = (words, start);

    /// <summary>Walks the members.</summary>
    public Enumerator GetEnumerator() => new(_words ?? [], _start);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A walk through the members.</summary>
    public struct Enumerator : IEnumerator<int>
    {
        private readonly ulong[] _words;
        private readonly int _start;
        private ulong _rest;
        private int _index;

        internal Enumerator(ulong[] words, int start) => (_words, _start, _index, Current) = (words, start, -1, -1);

        /// <summary>The member the walk stands on.</summary>
        public int Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes on to the next member.</summary>
        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (++_index >= _words.Length)
                {
                    return false;
                }

                _rest = _words[_index];
            }

            Current = ((_start + _index) * 64) + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }

        /// <summary>Begins again.</summary>
        public void Reset() => (_rest, _index, Current) = (0, -1, -1);

        /// <summary>Holds nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}
