using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>Walks over the regions of a kernel list; NeedsWidth says that one was only meaningful with a known machine.</summary>
internal sealed class KernelListReader(string text, int? width)
{
    // more than a mask of CpuSet.MaxId bits can hold: repeating them only costs time
    private const long MostGroups = 4_000_000;

    private readonly Cursor _cursor = new(text);

    private long _groups;

    public CpuSetBuilder Set { get; } = new();

    public bool NeedsWidth { get; private set; }

    public string? ReadAll()
    {
        while (SkipToRegion())
        {
            var why = Region(out var more);
            if (why is not null || !more)
            {
                return why;
            }
        }

        return null;
    }

    private bool SkipToRegion()
    {
        while (Cursor.IsSpace(_cursor.Current) || _cursor.Current == ',')
        {
            _cursor.At++;
        }

        return !EndsText(_cursor.Current);
    }

    private string? Region(out bool more)
    {
        more = true;
        if (Range(out var start, out var end, out var alone) is { } why)
        {
            return why;
        }

        if (alone || EndsRegion(_cursor.Current))
        {
            more = !EndsText(_cursor.Current);
            return Apply(start, end, end + 1, end + 1);
        }

        if (!_cursor.TrySkip(':'))
        {
            return $"character {_cursor.At + 1} does not belong there";
        }

        if (Number(out var used) is { } badUsed)
        {
            return badUsed;
        }

        return _cursor.TrySkip('/')
            ? Number(out var group) ?? Apply(start, end, used, group)
            : "a group is written used/length";
    }

    private string? Range(out long start, out long end, out bool alone)
    {
        (start, end, alone) = (0, 0, false);
        if (_cursor.Rest.StartsWith("all", StringComparison.OrdinalIgnoreCase))
        {
            _cursor.At += 3;
            end = LastBit();
            return null;
        }

        if (Number(out start) is { } why)
        {
            return why;
        }

        end = start;
        alone = EndsRegion(_cursor.Current);
        if (alone)
        {
            return null;
        }

        return _cursor.TrySkip('-') ? Number(out end) : $"character {_cursor.At + 1} does not belong there";
    }

    private string? Number(out long number)
    {
        number = 0;
        if (_cursor.TrySkip('N'))
        {
            number = LastBit();
            return null;
        }

        if (!char.IsAsciiDigit(_cursor.Current) || !_cursor.TryUnsigned(10, out var read))
        {
            return $"a number is missing at character {_cursor.At + 1}";
        }

        number = read.Magnitude <= uint.MaxValue ? (long)read.Magnitude : 0;
        return read.Magnitude <= uint.MaxValue ? null : "a number is too large";
    }

    private long LastBit()
    {
        NeedsWidth |= width is null;
        return (width ?? 1) - 1;
    }

    private string? Apply(long start, long end, long used, long group)
    {
        if (start > end || group == 0 || used > group)
        {
            return start > end ? $"{end} is below {start}" : $"{used}/{group} is no part of a group";
        }

        var last = (width ?? CpuSet.MaxId + 1) - 1;
        if (end > last)
        {
            return $"{end} is above {last}";
        }

        _groups += (end - start) / group;
        if (_groups > MostGroups)
        {
            return "it has too many groups";
        }

        for (var at = start; at <= end; at += group)
        {
            Set.AddRange((int)at, (int)Math.Min(end, at + used - 1));
        }

        return null;
    }

    private static bool EndsText(char c) => c is '\0' or '\n';

    private static bool EndsRegion(char c) => Cursor.IsSpace(c) || c is ',' or '\0';
}
