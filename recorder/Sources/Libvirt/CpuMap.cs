using System.Buffers.Binary;
using System.Numerics;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>libvirt's CPU maps: bit N of byte N/8 is CPU N.</summary>
internal static class CpuMap
{
    /// <summary>How many bytes a map of so many CPUs takes.</summary>
    public static int Length(int cpus) => (cpus + 7) / 8;

    public static CpuSet Read(ReadOnlySpan<byte> map)
    {
        var set = new CpuSetBuilder();
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        for (var at = 0; at < map.Length; at += sizeof(ulong))
        {
            padded.Clear();
            map[at..Math.Min(map.Length, at + sizeof(ulong))].CopyTo(padded);
            AddRuns(set, BinaryPrimitives.ReadUInt64LittleEndian(padded), at * 8);
        }

        return set.Build();
    }

    private static void AddRuns(CpuSetBuilder set, ulong word, int offset)
    {
        while (word != 0)
        {
            var first = BitOperations.TrailingZeroCount(word);
            var length = BitOperations.TrailingZeroCount(~(word >> first));
            set.AddRange(offset + first, offset + first + length - 1);
            word = first + length == 64 ? 0 : word & (ulong.MaxValue << (first + length));
        }
    }
}
