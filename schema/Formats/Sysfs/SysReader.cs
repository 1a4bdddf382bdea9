using System.Globalization;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Reads values out of a tree. What is missing is null; what is there and cannot be used is null and a problem.
/// </summary>
internal sealed class SysReader(ITree tree)
{
    public const string Cpus = "sys/devices/system/cpu";
    public const string Nodes = "sys/devices/system/node";

    // The raw text is kept for ever, once per structure; a machine of 4096 CPUs needs no more of it than its cells.
    private const int RawLimit = 1 << 20;
    private const int Shown = 60;

    private readonly ProblemList _problems = new();
    private readonly Dictionary<string, string> _raw = new(StringComparer.Ordinal);
    private int _rawLength;

    /// <summary>The largest CPU number this kernel can have; a set that names a larger one is not believed.</summary>
    public int MaxCpu { get; set; } = CpuSet.MaxId;

    public IReadOnlyList<Problem> Problems => _problems.ToList();

    public IReadOnlyDictionary<string, string> Raw => _raw;

    public void Problem(string path, string what, int? line = null, string? kind = null) =>
        _problems.Add(path, line, what, kind);

    public byte[]? Bytes(string path, bool mayBeSecret = false)
    {
        var bytes = tree.Read(path, out var reason);
        if (reason is not null && !mayBeSecret)
        {
            Problem(path, $"cannot be read: {reason}");
        }

        return bytes;
    }

    public string? Text(string path, bool mayBeSecret = false, bool isStructure = false)
    {
        if (Bytes(path, mayBeSecret) is not { } bytes)
        {
            return null;
        }

        var (text, fault) = SysText.Of(bytes);
        if (fault is not null)
        {
            Problem(path, fault,
                kind: fault.StartsWith("ends in", StringComparison.Ordinal) ? "ends in NUL bytes" : fault);
        }

        if (isStructure && text is not null && _rawLength + text.Length <= RawLimit)
        {
            _raw[path] = text;
            _rawLength += text.Length;
        }

        return text;
    }

    /// <summary>
    /// One word or line that is worth no problem when it is empty: a name that the firmware left blank.
    /// </summary>
    public string? Word(string path, bool mayBeSecret = false) =>
        Text(path, mayBeSecret)?.Trim() is { Length: > 0 } word ? word : null;

    public CpuSet? List(string path) => Set(path, "a list of numbers", CpuSet.TryParse, CpuSet.MaxId);

    public CpuSet? CpuList(string path) => Set(path, "a CPU list", CpuSet.TryParse, MaxCpu);

    public CpuSet? CpuMask(string path) => Set(path, "a CPU mask", KernelMask.TryParse, MaxCpu);

    /// <summary>
    /// A set from its mask, or from its list where the mask is missing or useless: peers follow the mask.
    /// </summary>
    public CpuSet? CpuMaskOrList(string mask, string list) => CpuMask(mask) ?? CpuList(list);

    public long? Number(string path, long least, long most, bool isStructure = true)
    {
        if (Text(path, isStructure: isStructure) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Problem(path, $"'{Short(text)}' is not a number", 1);
            return null;
        }

        if (number < least || number > most)
        {
            Problem(path, $"{number} cannot be true", 1);
            return null;
        }

        return number;
    }

    public IReadOnlyList<string>? Folder(string path)
    {
        var names = tree.List(path, out var reason);
        if (reason is not null)
        {
            Problem(path, $"cannot be listed: {reason}");
        }

        return names;
    }

    /// <summary>The numbers N of the names <c>prefixN</c> in a folder, rising; null without the folder.</summary>
    public IReadOnlyList<int>? Numbers(string folder, string prefix)
    {
        if (Folder(folder) is not { } names)
        {
            return null;
        }

        var numbers = new List<int>();
        foreach (var name in names)
        {
            if (TryNumber(name, prefix, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    public string? LinkTarget(string path) => tree.LinkTarget(path);

    public static bool TryNumber(string name, string prefix, out int number)
    {
        number = 0;
        var digits = name.StartsWith(prefix, StringComparison.Ordinal) ? name.AsSpan(prefix.Length) : default;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= CpuSet.MaxId
            && (digits.Length == 1 || digits[0] != '0');
    }

    public static string Short(string text)
    {
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        var line = end < 0 ? text : text[..end];
        return line.Length <= Shown ? line : string.Concat(line.AsSpan(0, Shown), "...");
    }

    private CpuSet? Set(string path, string kind, SetParser parse, int most)
    {
        // "(null)" is how the kernel prints a mask that it never allocated.
        if (Text(path, isStructure: true)?.Trim() is not { } text || text == "(null)")
        {
            return null;
        }

        if (!parse(text, out var set))
        {
            Problem(path, $"'{Short(text)}' is not {kind}", 1);
            return null;
        }

        if (set.Last > most)
        {
            Problem(path, $"'{Short(text)}' names {set.Last}, but the kernel's largest CPU is {most}", 1);
            return null;
        }

        return set;
    }

    private delegate bool SetParser(ReadOnlySpan<char> text, out CpuSet set);
}
