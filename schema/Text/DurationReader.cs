using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>
/// Reads the parts of a duration from left to right: each a number and a unit shorter than the one before.
/// </summary>
internal ref struct DurationReader
{
    // more digits would leave the range of decimal
    private const int LongestNumber = 15;

    private readonly bool _iso;
    private ReadOnlySpan<char> _rest;
    private bool _time;
    private long _unit = long.MaxValue;
    private decimal _ticks;

    private DurationReader(ReadOnlySpan<char> text)
    {
        _iso = text[0] is 'P' or 'p';
        _rest = _iso ? text[1..] : text;
    }

    public static TimeSpan? TryRead(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var reader = new DurationReader(text);
        do
        {
            if (!reader.TryPart())
            {
                return null;
            }
        }
        while (!reader._rest.IsEmpty);

        return reader._ticks <= TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)reader._ticks) : null;
    }

    private bool TryPart()
    {
        if (_iso && !_time && _rest is ['T' or 't', ..])
        {
            _time = true;
            _rest = _rest[1..];
        }

        var digits = _rest[..Length(_rest, "0123456789.,")];
        _rest = _rest[digits.Length..];
        _rest = _iso ? _rest : _rest.TrimStart(' ');
        var letters = _rest[..Letters()];
        _rest = _rest[letters.Length..];
        _rest = _iso ? _rest : _rest.TrimStart(' ');
        var unit = _iso ? IsoUnit(letters, _time) : PlainUnit(letters);
        if (unit == 0 || unit >= _unit || !TryNumber(digits, out var number))
        {
            return false;
        }

        _unit = unit;
        _ticks += number * unit;
        return true;
    }

    private readonly int Letters()
    {
        var length = _rest.IndexOfAnyExceptInRange('A', 'z');
        length = length < 0 ? _rest.Length : length;
        return _iso ? Math.Min(length, 1) : length;
    }

    private static int Length(ReadOnlySpan<char> text, ReadOnlySpan<char> of) =>
        text.IndexOfAnyExcept(of) is var end and >= 0 ? end : text.Length;

    private static bool TryNumber(ReadOnlySpan<char> digits, out decimal number)
    {
        number = 0;
        if (digits.Length is 0 or > LongestNumber || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1]))
        {
            return false;
        }

        var text = digits.ToString().Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static long IsoUnit(ReadOnlySpan<char> letter, bool time) => (Upper(letter), time) switch
    {
        ('W', false) => 7 * TimeSpan.TicksPerDay,
        ('D', false) => TimeSpan.TicksPerDay,
        ('H', true) => TimeSpan.TicksPerHour,
        ('M', true) => TimeSpan.TicksPerMinute,
        ('S', true) => TimeSpan.TicksPerSecond,
        _ => 0,
    };

    private static char Upper(ReadOnlySpan<char> letter) => letter.IsEmpty ? ' ' : char.ToUpperInvariant(letter[0]);

    private static long PlainUnit(ReadOnlySpan<char> letters) => letters switch
    {
        "w" or "week" or "weeks" => 7 * TimeSpan.TicksPerDay,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "ms" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        _ => 0,
    };
}
