using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// bitmap_parse of Linux (lib/bitmap-str.c): hexadecimal chunks of 32 bits, the lowest last; read backwards from the
/// first line's end.
/// </summary>
internal static class KernelMask
{
    private const int ChunkBits = 32;
    private const string Kind = "kernel mask";

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var width = context.Width ?? CpuSet.MaxId + 1;
        var line = text.AsSpan();
        line = line.IndexOfAny('\n', '\0') is var stop and >= 0 ? line[..stop] : line;
        var set = new CpuSetBuilder();
        for (var low = 0; ; low += ChunkBits)
        {
            line = line.TrimEnd(" \t\r\v\f,");
            if (line.IsEmpty)
            {
                return Answers.Set(set);
            }

            if (low >= width)
            {
                return Answers.Refuse(text, Kind, $"it is wider than {width} CPUs");
            }

            if (Chunk(ref line, out var bits) is { } why)
            {
                return Answers.Refuse(text, Kind, why);
            }

            if (!TryAdd(set, bits, low, width))
            {
                return Answers.Refuse(text, Kind, $"a bit above {width - 1} is set");
            }
        }
    }

    private static string? Chunk(ref ReadOnlySpan<char> line, out uint bits)
    {
        bits = 0;
        for (var shift = 0; shift < ChunkBits; shift += 4)
        {
            if (!char.IsAsciiHexDigit(line[^1]))
            {
                return $"character {line.Length} is no hexadecimal digit";
            }

            bits |= (uint)Convert.ToInt32(line[^1].ToString(), 16) << shift;
            line = line[..^1];
            if (line.IsEmpty || line[^1] == ',' || Cursor.IsSpace(line[^1]))
            {
                return null;
            }
        }

        // The kernel steps over whatever stands before eight digits, so that 0xdeadbeef is two chunks.
        var before = line[^1];
        line = line[..^1];
        return char.IsAsciiHexDigit(before) ? "a chunk has more than 8 digits" : null;
    }

    private static bool TryAdd(CpuSetBuilder set, uint bits, int low, int width)
    {
        for (var bit = 0; bit < ChunkBits; bit++)
        {
            if ((bits & (1u << bit)) == 0)
            {
                continue;
            }

            if (low + bit >= width)
            {
                return false;
            }

            set.Add(low + bit);
        }

        return true;
    }
}
