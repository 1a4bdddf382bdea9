using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// cpumask_parse of util-linux (taskset): hexadecimal, 0x allowed, one comma allowed before any digit.
/// </summary>
internal static class TasksetMask
{
    private const string Kind = "taskset mask";

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var width = context.Width ?? TasksetList.DefaultWidth;
        var digits = text.AsSpan();
        digits = digits.StartsWith("0x") ? digits[2..] : digits;
        var set = new CpuSetBuilder();
        for (var low = 0L; !digits.IsEmpty; low += 4)
        {
            digits = digits[^1] == ',' ? digits[..^1] : digits;
            if (digits.IsEmpty || !char.IsAsciiHexDigit(digits[^1]))
            {
                return Answers.Refuse(text, Kind, "hexadecimal digits are expected, as in 0xff");
            }

            var nibble = Convert.ToInt32(digits[^1].ToString(), 16);
            for (var bit = 0; bit < 4 && low + bit < width; bit++)
            {
                _ = (nibble & (1 << bit)) != 0 ? set.Add((int)(low + bit)) : set;
            }

            digits = digits[..^1];
        }

        return Answers.Set(set);
    }
}
