namespace NumaHistory.Recorder.Sampling;

/// <summary>A file that holds one number of pages and a newline.</summary>
internal static class PageCount
{
    // More pages than any machine has: 2^48 of the smallest size.
    private const int MostDigits = 14;

    /// <summary>The number, or null where the text is none or was cut off before its newline.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        var trimmed = text.TrimEnd((byte)0);
        if (trimmed is not [.., (byte)'\n'] || trimmed.Length < 2 || trimmed.Length > MostDigits + 1)
        {
            return null;
        }

        var value = 0L;
        foreach (var digit in trimmed[..^1])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return null;
            }

            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
