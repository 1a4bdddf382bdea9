using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>Numbers as QEMU takes them: sizes have a binary suffix, or the unit of their option.</summary>
internal static class QemuNumber
{
    public const long Byte = 1;
    public const long Mebi = 1L << 20;

    /// <summary>A plain count; null where it is none.</summary>
    public static int? Count(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>A size in KiB, rounded down; null where it is none.</summary>
    public static long? KiB(string? text, long unit)
    {
        var factor = text is [.., var last]
            ? char.ToLowerInvariant(last) switch
            {
                'b' => 1L,
                'k' => 1L << 10,
                'm' => 1L << 20,
                'g' => 1L << 30,
                't' => 1L << 40,
                _ => 0L,
            }
            : 0;
        var digits = factor > 0 ? text![..^1] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / (factor > 0 ? factor : unit)
            ? number * (factor > 0 ? factor : unit) / 1024
            : null;
    }

    /// <summary>A set that is given in one or several properties; null where there is none, or one of them is no list.</summary>
    public static CpuSet? Set(IEnumerable<string> parts, out bool isBad)
    {
        var text = string.Join(',', parts);
        isBad = !CpuSet.TryParse(text, out var set);
        return isBad || text.Length == 0 ? null : set;
    }
}
