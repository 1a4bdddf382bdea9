namespace NumaHistory.Schema.Memory;

/// <summary>Reads what <see cref="InstantsEncoder"/> wrote.</summary>
internal static class InstantsDecoder
{
    public static long[] Read(ref BlockCursor cursor, int count, long? interval)
    {
        if (count == 0)
        {
            return [];
        }

        var form = (ColumnForm)cursor.Byte();
        if (form is not (ColumnForm.Plain or ColumnForm.Runs))
        {
            throw cursor.Fault($"form {(byte)form} of the instants is not known");
        }

        var part = cursor.Part();
        var instants = new long[count];
        instants[0] = part.Signed();
        DeltaDecoder.Read(ref part, form, instants.AsSpan(1));
        part.Done();
        Sum(ref part, instants, interval);
        return instants;
    }

    private static void Sum(ref BlockCursor part, long[] instants, long? interval)
    {
        var earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
        var latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        var expected = interval ?? 0;
        if (instants[0] < earliest || instants[0] > latest)
        {
            throw part.Fault("an instant outside the calendar");
        }

        for (var i = 1; i < instants.Length; i++)
        {
            var step = unchecked(instants[i] + expected);
            if (step <= 0 || step > latest - instants[i - 1])
            {
                throw part.Fault("an instant that is not later than the one before");
            }

            instants[i] = instants[i - 1] + step;
            expected = interval ?? step;
        }
    }
}
