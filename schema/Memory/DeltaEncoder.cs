namespace NumaHistory.Schema.Memory;

/// <summary>
/// Signed differences in two forms side by side, the shorter of which is kept: one number each, or, for what rarely
/// changes, (how many zeros, then the difference) pairs with the zeros at the end left out.
/// </summary>
internal sealed class DeltaEncoder
{
    private readonly BlockBytes _plain = new();
    private readonly BlockBytes _runs = new();
    private long _zeros;

    public ColumnForm Form => _runs.Length < _plain.Length ? ColumnForm.Runs : ColumnForm.Plain;

    public ReadOnlySpan<byte> Bytes => Form == ColumnForm.Runs ? _runs.Span : _plain.Span;

    public void Add(long delta)
    {
        _plain.Signed(delta);
        if (delta == 0)
        {
            _zeros++;
            return;
        }

        _runs.Varint(_zeros);
        _runs.Signed(delta);
        _zeros = 0;
    }

    // A series in units of 4 KiB becomes one in KiB: differences scale like values.
    public DeltaEncoder Scaled(int factor)
    {
        var scaled = new DeltaEncoder();
        var cursor = new BlockCursor(_plain.Span, 0, _plain.Length);
        while (!cursor.AtEnd)
        {
            scaled.Add(cursor.Signed() * factor);
        }

        return scaled;
    }
}
