using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// The kernel's hexadecimal CPU masks, <c>0000,000000ff,ff000000</c>: 32 CPUs a group, the highest group first.
/// </summary>
public static class KernelMask
{
    private const int GroupDigits = 8;

    /// <summary>Reads a mask; false when the text is none, or names a CPU above <see cref="CpuSet.MaxId"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CpuSet set)
    {
        set = CpuSet.Empty;
        var builder = new CpuSetBuilder();
        var first = 0;
        for (var rest = text; ; first += GroupDigits * 4)
        {
            var comma = rest.LastIndexOf(',');
            var group = rest[(comma + 1)..];
            var isWhole = comma < 0 ? group.Length is > 0 and <= GroupDigits : group.Length == GroupDigits;
            if (!isWhole
                || !uint.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                || !TryAdd(builder, first, bits))
            {
                return false;
            }

            if (comma < 0)
            {
                set = builder.Build();
                return true;
            }

            rest = rest[..comma];
        }
    }

    private static bool TryAdd(CpuSetBuilder builder, int first, uint bits)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            var id = first + System.Numerics.BitOperations.TrailingZeroCount(bits);
            if (id > CpuSet.MaxId)
            {
                return false;
            }

            builder.Add(id);
        }

        return true;
    }
}
