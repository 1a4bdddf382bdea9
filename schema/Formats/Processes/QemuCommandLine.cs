using System.Globalization;

namespace NumaHistory.Schema.Formats.Processes;

/// <summary>
/// What QEMU's own command line says of its guest: -name, -uuid, -m and -id (Proxmox). Null = not said. MemoryKiB is that of -m, whose
/// numbers are MiB where no unit is written.
/// </summary>
public sealed record QemuCommandLine(string? Name, string? Uuid, string? Id, long? MemoryKiB)
{
    /// <summary>Reads /proc/PID/cmdline: words that end in zero bytes.</summary>
    public static QemuCommandLine Parse(string text)
    {
        var words = text.Split('\0');
        return new QemuCommandLine(
            After(words, "-name") is { } name ? NameOf(name) : null,
            After(words, "-uuid") is { } uuid && Guid.TryParse(uuid, out var id) ? id.ToString() : null,
            After(words, "-id"),
            After(words, "-m") is { } size ? Size(Option(size, "size") ?? size.Split(',')[0]) : null);
    }

    /// <summary>Whether a process of that name (/proc/PID/comm, cut at 15 characters) may be QEMU.</summary>
    public static bool IsQemu(string comm) =>
        comm.Trim() is "kvm" or "qemu-kvm" or "qemu" || comm.StartsWith("qemu-system-", StringComparison.Ordinal);

    private static string? After(string[] words, string option)
    {
        var at = Array.FindIndex(words, word => word == option || word == "-" + option);
        return at >= 0 && at + 1 < words.Length && words[at + 1].Length > 0 ? words[at + 1] : null;
    }

    // -name web02,debug-threads=on or -name guest=web02,...; a comma of the name is written twice.
    private static string? NameOf(string value) =>
        Option(value, "guest") ?? (Parts(value)[0] is { Length: > 0 } first && !first.Contains('=') ? first : null);

    private static string? Option(string value, string key) => Parts(value)
        .Where(part => part.StartsWith(key + "=", StringComparison.Ordinal) && part.Length > key.Length + 1)
        .Select(part => part[(key.Length + 1)..])
        .FirstOrDefault();

    private static string[] Parts(string value) =>
        [.. value.Replace(",,", "\0", StringComparison.Ordinal).Split(',').Select(part => part.Replace('\0', ','))];

    private static long? Size(string text)
    {
        var (digits, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], char.ToUpperInvariant(text[^1])) : (text, 'M');
        return !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1L << 40 ? null : unit switch
        {
            'K' => number,
            'M' => number << 10,
            'G' => number << 20,
            'T' when number < 1L << 30 => number << 30,
            _ => null,
        };
    }
}
