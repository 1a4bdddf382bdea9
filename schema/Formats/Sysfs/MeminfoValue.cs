namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The number after the colon of a meminfo line, and whether it can be trusted.</summary>
internal static class MeminfoValue
{
    // Nothing holds more: libvirt prints 18014398509481983 KiB for a cell whose meminfo it could not read.
    private const long Largest = 1L << 53;

    // Any number of so many digits is below the largest.
    private const int UsualDigits = 15;

    // rest: the bytes behind the colon up to the end of the line; ended: the line had its newline.
    public static MeminfoFaultKind? Read(ReadOnlySpan<byte> rest, bool isCount, bool ended, out long value)
    {
        value = 0;
        var text = rest.Trim((byte)' ');
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? default : text[digits..].TrimStart((byte)' ');
        if (number.IsEmpty || (digits > 0 && text[digits] != ' '))
        {
            return MeminfoFaultKind.NotANumber;
        }

        if (!TryNumber(number, out value))
        {
            return MeminfoFaultKind.TooLarge;
        }

        // A file that was cut off may end inside a number.
        if (unit.IsEmpty && !ended)
        {
            return MeminfoFaultKind.CutOff;
        }

        return unit.SequenceEqual(isCount ? default : "kB"u8) ? null : MeminfoFaultKind.WrongUnit;
    }

    // The same for the usual case alone, in half the time; false says nothing but that Read has to look.
    public static bool TryReadUsual(ReadOnlySpan<byte> rest, bool isCount, out long value)
    {
        value = 0;
        var at = 0;
        while (at < rest.Length && rest[at] == ' ')
        {
            at++;
        }

        var first = at;
        while (at < rest.Length && at - first < UsualDigits && char.IsAsciiDigit((char)rest[at]))
        {
            value = (value * 10) + (rest[at] - '0');
            at++;
        }

        return at > first && rest[at..].SequenceEqual(isCount ? default : " kB"u8);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            value = value * 10 + (digit - '0');
            if (value > Largest)
            {
                return false;
            }
        }

        return true;
    }
}
