namespace NumaHistory.Schema.Memory;

/// <summary>Reads what <see cref="ColumnEncoder"/> wrote.</summary>
internal static class ColumnDecoder
{
    // Values are never negative, so a plain array can hold the missing ones too.
    public const long Missing = -1;

    private const int Page = 4;
    private const ColumnForm Allowed = ColumnForm.Mask | ColumnForm.Pages | ColumnForm.Gaps;

    public static long? Known(long value) => value == Missing ? null : value;

    public static void Skip(ref BlockCursor cursor)
    {
        if (Form(ref cursor) != ColumnForm.Unknown)
        {
            cursor.Part();
        }
    }

    public static void Read(ref BlockCursor cursor, Span<long> values)
    {
        var form = Form(ref cursor);
        if (form == ColumnForm.Unknown)
        {
            values.Fill(Missing);
            return;
        }

        var part = cursor.Part();
        var gaps = part;
        var known = form.HasFlag(ColumnForm.Gaps) ? CountKnown(ref part, values.Length) : values.Length;
        var dense = values[..known];
        dense[0] = part.Natural();
        DeltaDecoder.Read(ref part, form & ColumnForm.Mask, dense[1..]);
        part.Done();
        Sum(ref part, dense, form.HasFlag(ColumnForm.Pages) ? Page : 1);
        if (known < values.Length)
        {
            Spread(gaps, values, known);
        }
    }

    private static ColumnForm Form(ref BlockCursor cursor)
    {
        var form = (ColumnForm)cursor.Byte();
        var isCoded = (form & ~Allowed) == 0 && (form & ColumnForm.Mask) is ColumnForm.Plain or ColumnForm.Runs;
        return form == ColumnForm.Unknown || isCoded
            ? form
            : throw cursor.Fault($"column form {(byte)form} is not known");
    }

    private static int CountKnown(ref BlockCursor part, int count)
    {
        var known = 0;
        var isKnown = true;
        for (var at = 0; at < count; isKnown = !isKnown)
        {
            var run = part.Count(count - at, "values in a run");
            if (run == 0 && at > 0)
            {
                throw part.Fault("an empty run");
            }

            at += run;
            known += isKnown ? run : 0;
        }

        return known > 0 ? known : throw part.Fault("no value is known, but the column is there");
    }

    private static void Sum(ref BlockCursor part, Span<long> values, int unit)
    {
        // A negative value is a huge one without its sign.
        var most = (ulong)(long.MaxValue / unit);
        var value = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            value = unchecked(value + values[i]);
            if (unchecked((ulong)value) > most)
            {
                throw part.Fault("a value is negative or beyond 63 bits");
            }

            values[i] = unchecked(value * unit);
        }
    }

    // From the back, so that the known values, which stand at the front, are moved before they are overwritten.
    private static void Spread(BlockCursor gaps, Span<long> values, int known)
    {
        Span<bool> isKnown = new bool[values.Length];
        var state = true;
        for (var at = 0; at < values.Length; state = !state)
        {
            var run = gaps.Count(values.Length - at, "values in a run");
            isKnown.Slice(at, run).Fill(state);
            at += run;
        }

        for (var i = values.Length - 1; i >= 0; i--)
        {
            values[i] = isKnown[i] ? values[--known] : Missing;
        }
    }
}
