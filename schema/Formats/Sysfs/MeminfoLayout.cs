namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Where the kept lines of one meminfo file stand. The kernel pads its numbers, so from one read to the next they
/// stay in place; a text of the same length with the same names at the same places need not be searched again. One
/// layout serves one file of one running kernel: there lines move when a number grows, but none comes or goes.
/// </summary>
public sealed class MeminfoLayout
{
    private readonly List<Place> _places = [];
    private int _length = -1;

    /// <summary>
    /// The same as <see cref="NodeMeminfo.Parse(ReadOnlySpan{byte})"/>, in less time once the layout is known.
    /// </summary>
    public NodeMeminfo Parse(ReadOnlySpan<byte> text)
    {
        var values = default(MeminfoValues);
        return text.Length == _length && TryRead(text, ref values) ? NodeMeminfo.Of(values, null) : Learn(text);
    }

    private bool TryRead(ReadOnlySpan<byte> text, ref MeminfoValues values)
    {
        foreach (var place in _places)
        {
            var line = text[place.Start..place.End];
            if (place.End == text.Length || text[place.End] != '\n' || !line.StartsWith(place.Name)
                || !MeminfoValue.TryReadUsual(line[place.Name.Length..], place.IsCount, out var value))
            {
                return false;
            }

            values.Set(place.Field, value);
        }

        return true;
    }

    private NodeMeminfo Learn(ReadOnlySpan<byte> text)
    {
        var scan = new MeminfoScan(text.TrimEnd((byte)0), _places);
        _places.Clear();
        scan.Run();
        // A text with a fault is searched again next time, so that the fault is told again.
        _length = scan.Fault is null ? text.Length : -1;
        return NodeMeminfo.Of(scan.Values, scan.Fault);
    }

    /// <summary>
    /// One line: from the newline before it, which belongs to the name, to the newline behind it, which does not.
    /// </summary>
    internal sealed record Place(MeminfoField Field, int Start, int End, byte[] Name, bool IsCount);
}
