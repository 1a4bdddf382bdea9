using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>One message of the kernel: when it was written, how long the machine had run then (null = not told), and whose it is.</summary>
internal sealed partial record KernelLine(
    DateTimeOffset At, TimeSpan? Uptime, string HostName, string? BootId, string? MachineId, string Message)
{
    /// <summary>Reads a line of text; null where it is no message of the kernel.</summary>
    public static KernelLine? OfText(string line)
    {
        var match = Text().Match(line);
        return match.Success && DateTimeOffset.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at)
            ? new KernelLine(at, null, match.Groups[2].Value, null, null, Bare(match.Groups[3].Value))
            : null;
    }

    /// <summary>Reads a line of JSON; null where it is no message of the kernel. Throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static KernelLine? OfJson(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return root.ValueKind == JsonValueKind.Object
            && Word(root, "_TRANSPORT") is "kernel" or null
            && Microseconds(root, "__REALTIME_TIMESTAMP") is { } at
            && Word(root, "_HOSTNAME") is { } host
            && Word(root, "MESSAGE") is { } message
            ? new KernelLine(
                DateTimeOffset.UnixEpoch + at, Microseconds(root, "__MONOTONIC_TIMESTAMP"), host, Id(root, "_BOOT_ID", "D"), Id(root, "_MACHINE_ID", "N"), Bare(message))
            : null;
    }

    // Where rsyslog wrote it, the kernel's own clock stands before the message.
    private static string Bare(string message) => Clock().Replace(message, "", 1);

    private static string? Word(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan? Microseconds(JsonElement root, string name) =>
        long.TryParse(Word(root, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100_000_000_000_000_000
            ? TimeSpan.FromTicks(number * TimeSpan.TicksPerMicrosecond)
            : null;

    private static string? Id(JsonElement root, string name, string form) =>
        Guid.TryParseExact(Word(root, name), "N", out var id) ? id.ToString(form) : null;

    [GeneratedRegex("""^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:?\d\d)) (\S+) kernel: (.*)$""")]
    private static partial Regex Text();

    [GeneratedRegex("""^\[ *\d+\.\d+\] """)]
    private static partial Regex Clock();
}
