using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// virBitmapParse of libvirt (src/util/virbitmap.c): <c>0-3,^2</c>, blanks around numbers, in the order written.
/// </summary>
internal static class LibvirtList
{
    // VIR_DOMAIN_CPUMASK_LEN
    public const int AttributeWidth = 16384;
    private const string Kind = "libvirt list";

    /// <summary>
    /// Without a universe the attribute of a domain (cpuset, nodeset), which may not end empty; with one the bare
    /// bitmap of that size, which may.
    /// </summary>
    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var answer = Bitmap(text, context.Width ?? AttributeWidth);
        return context.Universe is null && answer is CpuSetAnswer.Parsed { Set.IsEmpty: true }
            ? Answers.Refuse(text, Kind, "nothing is left of it")
            : answer;
    }

    /// <summary>The bitmap parser itself; width is the number of bits it may set.</summary>
    public static CpuSetAnswer Bitmap(string text, int width)
    {
        var cursor = new Cursor(text);
        var set = new CpuSetBuilder();
        cursor.SkipSpaces();
        var why = cursor.AtEnd ? "it is empty" : null;
        while (why is null && !cursor.AtEnd)
        {
            why = Item(cursor, set, width) ?? Separator(cursor);
        }

        return why is null ? Answers.Set(set) : Answers.Refuse(text, Kind, why);
    }

    private static string? Item(Cursor cursor, CpuSetBuilder set, int width)
    {
        var without = cursor.TrySkip('^');
        if (!char.IsAsciiDigit(cursor.Current))
        {
            return $"a number is missing at character {cursor.At + 1}";
        }

        if (!TryInt(cursor, out var first))
        {
            return "a number is too large";
        }

        cursor.SkipSpaces();
        var last = first;
        if (cursor.TrySkip('-'))
        {
            cursor.SkipSpaces();
            if (without || !TryInt(cursor, out last))
            {
                return without ? "^ takes one number, not a range" : $"the end of the range at {first} is missing";
            }

            cursor.SkipSpaces();
        }

        return Apply(set, first, last, without, width);
    }

    private static string? Apply(CpuSetBuilder set, int first, int last, bool without, int width)
    {
        if (last < first || last >= width)
        {
            return last < first ? $"{last} is below {first}" : $"{last} is above {width - 1}";
        }

        _ = without ? set.Remove(first) : set.AddRange(first, last);
        return null;
    }

    private static string? Separator(Cursor cursor)
    {
        if (cursor.TrySkip(','))
        {
            cursor.SkipSpaces();
            return null;
        }

        return cursor.AtEnd ? null : $"character {cursor.At + 1} does not belong there";
    }

    private static bool TryInt(Cursor cursor, out int value)
    {
        value = 0;
        if (!cursor.TryUnsigned(10, out var number) || number.Int is not { } read)
        {
            return false;
        }

        value = read;
        return true;
    }
}
