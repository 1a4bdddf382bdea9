namespace NumaHistory.Schema.Memory;

/// <summary>
/// One column in the making. Values of a few kinds of column are in KiB and then mostly multiples of a 4 KiB page.
/// </summary>
internal sealed class ColumnEncoder(bool isSize)
{
    private const int Page = 4;

    private readonly BlockBytes _gaps = new();
    private DeltaEncoder _deltas = new();
    private bool _inPages = isSize;
    private long? _first;
    private long _last;
    private bool _known = true;
    private long _run;

    public void Add(long? value)
    {
        if (value.HasValue != _known)
        {
            _gaps.Varint(_run);
            _known = value.HasValue;
            _run = 0;
        }

        _run++;
        if (value is { } known)
        {
            Add(known);
        }
    }

    public void WriteTo(BlockBytes output)
    {
        if (_first is not { } first)
        {
            output.Byte((byte)ColumnForm.Unknown);
            return;
        }

        var form = _deltas.Form | (_inPages ? ColumnForm.Pages : 0) | (_gaps.Length > 0 ? ColumnForm.Gaps : 0);
        var head = (ulong)(_inPages ? first / Page : first);
        var gaps = _gaps.Length == 0 ? 0 : _gaps.Length + BlockBytes.VarintLength((ulong)_run);
        output.Byte((byte)form);
        output.Varint((long)gaps + BlockBytes.VarintLength(head) + _deltas.Bytes.Length);
        if (gaps > 0)
        {
            output.Bytes(_gaps.Span);
            output.Varint(_run);
        }

        output.Varint(head);
        output.Bytes(_deltas.Bytes);
    }

    private void Add(long value)
    {
        if (_inPages && value % Page != 0)
        {
            _deltas = _deltas.Scaled(Page);
            _inPages = false;
        }

        if (_first is null)
        {
            _first = value;
        }
        else
        {
            _deltas.Add((value - _last) / (_inPages ? Page : 1));
        }

        _last = value;
    }
}
