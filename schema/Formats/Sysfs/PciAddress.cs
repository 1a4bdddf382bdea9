namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>PCI addresses, <c>0000:3b:00.0</c>; domains have four hexadecimal digits or more.</summary>
internal static class PciAddress
{
    // ":3b:00.0"
    private const int TailLength = 8;

    public static bool Is(ReadOnlySpan<char> text) =>
        text.Length is >= TailLength + 4 and <= TailLength + 8
        && IsHex(text[..^TailLength])
        && text[^8] == ':' && IsHex(text[^7..^5])
        && text[^5] == ':' && IsHex(text[^4..^2])
        && text[^2] == '.' && text[^1] is >= '0' and <= '7';

    /// <summary>The innermost device that a link leads through, or null: bridges stand before it.</summary>
    public static string? LastIn(string link) => link.Split('/').LastOrDefault(part => Is(part));

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");
}
