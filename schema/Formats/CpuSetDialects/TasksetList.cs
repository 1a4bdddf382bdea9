using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// cpulist_parse of util-linux (lib/cpuset.c, taskset -c): <c>0-10:3</c> has a stride. It looks for the next dash, not
/// at what stands before it, and ignores CPUs past its mask without a word.
/// </summary>
internal static class TasksetList
{
    public const int DefaultWidth = 2048;

    private const string Kind = "taskset list";

    // more than a mask of CpuSet.MaxId bits can hold: repeating them only costs time
    private const long MostSteps = 4_000_000;

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var width = context.Width ?? DefaultWidth;
        var set = new CpuSetBuilder();
        var cursor = new Cursor(text);
        var steps = 0L;
        for (int? token = 0; token is { } start; token = After(text, start, ','))
        {
            cursor.At = start;
            if (Token(cursor, text, set, width, ref steps) is { } why)
            {
                return Answers.Refuse(text, Kind, why);
            }
        }

        return cursor.AtEnd
            ? Answers.Set(set)
            : Answers.Refuse(text, Kind, $"character {cursor.At + 1} does not belong there");
    }

    private static string? Token(Cursor cursor, string text, CpuSetBuilder set, int width, ref long steps)
    {
        if (Number(cursor, out var first) is { } why)
        {
            return why;
        }

        var (last, stride) = (first, 1u);
        var next = After(text, cursor.At, ',') ?? int.MaxValue;
        if (After(text, cursor.At, '-') is { } end && end < next)
        {
            cursor.At = end;
            if (Number(cursor, out last) is { } badEnd)
            {
                return badEnd;
            }

            if (After(text, cursor.At, ':') is { } step && step < next)
            {
                cursor.At = step;
                if (Number(cursor, out stride) is { } badStride)
                {
                    return badStride;
                }
            }
        }

        return Apply(set, first, last, stride, width, ref steps);
    }

    private static string? Apply(
        CpuSetBuilder set, uint first, uint last, uint stride, int width, ref long steps)
    {
        if (stride == 0 || last < first)
        {
            return stride == 0 ? "a stride is 1 or more" : $"{last} is below {first}";
        }

        var past = first + (((ulong)(last - first) / stride) + 1) * stride;
        if (past > uint.MaxValue)
        {
            return $"taskset never comes to the end of a range up to {last}";
        }

        if (stride == 1 && first < width)
        {
            set.AddRange((int)first, (int)Math.Min(last, width - 1));
            return null;
        }

        for (ulong at = first; at <= last && at < (ulong)width; at += stride)
        {
            if (++steps > MostSteps)
            {
                return "it has too many strides";
            }

            set.Add((int)at);
        }

        return null;
    }

    private static string? Number(Cursor cursor, out uint number)
    {
        number = 0;
        if (!char.IsAsciiDigit(cursor.Current) || !cursor.TryUnsigned(10, out var read))
        {
            return $"a number is missing at character {cursor.At + 1}";
        }

        // Above 32 bits taskset keeps the low ones: 4294967296 is CPU 0.
        number = unchecked((uint)read.Magnitude);
        return read.Overflow ? "a number is too large" : null;
    }

    private static int? After(string text, int start, char c) =>
        text.IndexOf(c, Math.Min(start, text.Length)) is var found and >= 0 ? found + 1 : null;
}
