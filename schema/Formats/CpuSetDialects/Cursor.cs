namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// Walks over text as C code does: past the end there is a NUL, and numbers are read as strtoul reads them.
/// </summary>
internal sealed class Cursor(string text)
{
    public int At { get; set; }

    public char Current => Peek(0);

    public bool AtEnd => Current == '\0';

    public ReadOnlySpan<char> Rest => text.AsSpan(Math.Min(At, text.Length));

    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    public char Peek(int ahead) => At + ahead < text.Length ? text[At + ahead] : '\0';

    public bool TrySkip(char c)
    {
        if (Current != c)
        {
            return false;
        }

        At++;
        return true;
    }

    public bool TrySkip(string prefix)
    {
        if (!Rest.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        At += prefix.Length;
        return true;
    }

    public void SkipSpaces()
    {
        while (IsSpace(Current))
        {
            At++;
        }
    }

    /// <summary>
    /// strtoul: blanks, a sign, digits. False, and no step, without a digit. Base 0 is C's: 0x hex, 0 octal.
    /// </summary>
    public bool TryUnsigned(int radix, out CNumber number)
    {
        var start = At;
        SkipSpaces();
        var negative = Current == '-';
        At += Current is '-' or '+' ? 1 : 0;
        radix = Radix(radix);
        var first = At;
        var (value, overflow) = (0UL, false);
        for (; Digit(Current) < radix; At++)
        {
            overflow |= value > (ulong.MaxValue - (ulong)Digit(Current)) / (ulong)radix;
            value = overflow ? ulong.MaxValue : (value * (ulong)radix) + (ulong)Digit(Current);
        }

        number = new CNumber(value, negative, overflow);
        if (At > first)
        {
            return true;
        }

        At = start;
        return false;
    }

    private static int Digit(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;

    private int Radix(int radix)
    {
        if (radix != 0)
        {
            return radix;
        }

        if (Current == '0' && Peek(1) is 'x' or 'X' && Digit(Peek(2)) < 16)
        {
            At += 2;
            return 16;
        }

        return Current == '0' ? 8 : 10;
    }
}
