using System.Text;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// The text of a small kernel file, cleaned: what stands before NUL padding, without white space at its end. Text null
/// = the file says nothing that can be used; Fault = what is wrong with it, which for padding or a missing line feed
/// does not make the text useless.
/// </summary>
public readonly record struct SysText(string? Text, string? Fault)
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>Cleans the bytes of a file.</summary>
    public static SysText Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return new SysText(null, "is empty");
        }

        var kept = bytes.TrimEnd((byte)0);
        if (kept.IsEmpty)
        {
            return new SysText(null, "holds nothing but NUL bytes");
        }

        if (!IsText(kept) || Decode(kept) is not { } text)
        {
            return new SysText(null, "is not text");
        }

        var padding = bytes.Length - kept.Length;
        var fault = padding > 0 ? $"ends in {padding} NUL bytes"
            : kept[^1] != '\n' ? "has no line feed at its end: it may be cut off"
            : null;
        return new SysText(text.TrimEnd(), fault);
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes)
        {
            if (letter is < (byte)' ' and not ((byte)'\n' or (byte)'\t' or (byte)'\r') or 127)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
