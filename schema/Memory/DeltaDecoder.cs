namespace NumaHistory.Schema.Memory;

/// <summary>Reads what <see cref="DeltaEncoder"/> wrote, as many differences as there are places.</summary>
internal static class DeltaDecoder
{
    public static void Read(ref BlockCursor part, ColumnForm form, Span<long> deltas)
    {
        if (form == ColumnForm.Plain)
        {
            part.Signed(deltas);
            return;
        }

        deltas.Clear();
        for (var at = 0; !part.AtEnd; at++)
        {
            at += part.Count(deltas.Length - at, "equal values");
            if (at == deltas.Length)
            {
                throw part.Fault("more values than samples");
            }

            deltas[at] = part.Signed();
        }
    }
}
