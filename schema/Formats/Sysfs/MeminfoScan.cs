namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Walks a meminfo text line by line and keeps the lines of <see cref="MeminfoField"/>; the first of two equals
/// counts. Notes the places of the lines where somebody wants them.
/// </summary>
internal ref struct MeminfoScan(ReadOnlySpan<byte> text, List<MeminfoLayout.Place>? places = null)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private MeminfoValues _values;
    private uint _met;

    public MeminfoFault? Fault { get; private set; }

    public readonly MeminfoValues Values => _values;

    public void Run()
    {
        var line = 0;
        for (var start = 0; start < _text.Length;)
        {
            line++;
            var length = _text[start..].IndexOf((byte)'\n');
            var ended = length >= 0;
            var end = ended ? start + length : _text.Length;
            Line(line, start, end, ended);
            start = end + 1;
        }

        if (_text.IsEmpty)
        {
            Fault = new MeminfoFault(MeminfoFaultKind.Empty, null, 0, 0);
        }
        else if ((_met & 1u << (int)MeminfoField.MemTotal) == 0)
        {
            Fault ??= new MeminfoFault(MeminfoFaultKind.NoTotal, null, 0, 0);
        }
    }

    private void Line(int number, int start, int end, bool ended)
    {
        var line = _text[start..end];
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }

        // "Node 12 MemFree" and "MemFree" are the same field.
        var name = line[..colon];
        var key = name[(name.LastIndexOf((byte)' ') + 1)..];
        if (MeminfoKeys.Find(key) is not { } field || (_met & 1u << (int)field) != 0)
        {
            return;
        }

        _met |= 1u << (int)field;
        Keep(field, number, line[(colon + 1)..], start + colon + 1, ended);
        if (places is not null)
        {
            // With the newline before it, a name cannot be the end of a longer one.
            var from = Math.Max(0, start - 1);
            var named = _text[from..(start + colon + 1)].ToArray();
            places.Add(new MeminfoLayout.Place(field, from, end, named, MeminfoKeys.IsCount(field)));
        }
    }

    private void Keep(MeminfoField field, int number, ReadOnlySpan<byte> rest, int at, bool ended)
    {
        if (MeminfoValue.Read(rest, MeminfoKeys.IsCount(field), ended, out var value) is { } fault)
        {
            var indent = rest.Length - rest.TrimStart((byte)' ').Length;
            var word = rest.Trim((byte)' ');
            var blank = fault == MeminfoFaultKind.WrongUnit ? -1 : word.IndexOf((byte)' ');
            Fault ??= new MeminfoFault(fault, number, at + indent, blank < 0 ? word.Length : blank);
            return;
        }

        _values.Set(field, value);
    }
}
