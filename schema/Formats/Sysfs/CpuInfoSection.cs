using System.Globalization;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The lines of one section of /proc/cpuinfo that somebody asks for.</summary>
internal sealed class CpuInfoSection
{
    private static readonly string[] Known =
    [
        "model name", "Model Name", "cpu model", "cpu", "uarch", "isa", "arch", "family", "model", "flags", "features",
        "vendor_id", "machine", "Processor", "CPU implementer", "CPU architecture", "CPU variant", "CPU part",
        "CPU revision",
        "stepping", "revision", "apicid", "platform",
    ];

    // Thousands of CPUs say the same words: each text is kept once a section key, as an array beside Known.
    private readonly string?[] _values = new string?[Known.Length];

    public string? this[string key] => Array.IndexOf(Known, key) is var at and >= 0 ? _values[at] : null;

    public void Set(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        for (var i = 0; i < Known.Length; i++)
        {
            if (key.SequenceEqual(Known[i]) && !value.IsEmpty)
            {
                _values[i] ??= value.ToString();
            }
        }
    }

    public CpuSilicon Silicon(CpuInfoSection common) => new(
        Model() ?? common.Model(),
        Number(this["stepping"] ?? this["CPU revision"] ?? common["CPU revision"] ?? this["revision"]),
        Number(this["apicid"]));

    private string? Model() =>
        Words(this["model name"] ?? this["Model Name"] ?? this["cpu model"] ?? this["cpu"] ?? this["uarch"]
            ?? this["Processor"])
        ?? (this["CPU part"] is { } part
            ? $"implementer {this["CPU implementer"]} part {part} variant {this["CPU variant"]}"
            : null)
        ?? (this["machine"] is { } machine ? $"IBM/S390 {machine}" : null)
        ?? (this["arch"] is { } arch ? $"{arch} family {this["family"]} model {this["model"]}" : null)
        ?? Words(this["isa"]);

    private static string? Words(string? text) =>
        text is null ? null : string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
