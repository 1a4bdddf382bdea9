namespace NumaHistory.Schema.Memory;

/// <summary>
/// The instants of the samples, milliseconds. Each step is written as its difference from the interval that the source
/// declared, or from the step before where none was, so that a steady grid takes no bytes.
/// </summary>
internal sealed class InstantsEncoder(long? interval)
{
    private readonly DeltaEncoder _deltas = new();
    private long _expected = interval ?? 0;
    private long? _first;
    private long _last;

    public void Add(DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        if (at.UtcTicks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentException($"sample at {at:O}: instants have whole milliseconds", nameof(at));
        }

        if (_first is null)
        {
            (_first, _last) = (now, now);
            return;
        }

        var step = now - _last;
        if (step <= 0)
        {
            throw new ArgumentException($"sample at {at:O}: not later than the one before", nameof(at));
        }

        _deltas.Add(step - _expected);
        _expected = interval ?? step;
        _last = now;
    }

    public void WriteTo(BlockBytes output)
    {
        if (_first is not { } first)
        {
            return;
        }

        output.Byte((byte)_deltas.Form);
        output.Varint((long)BlockBytes.VarintLength(BlockBytes.ZigZag(first)) + _deltas.Bytes.Length);
        output.Signed(first);
        output.Bytes(_deltas.Bytes);
    }
}
