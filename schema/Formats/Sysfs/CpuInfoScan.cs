using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Walks /proc/cpuinfo. What stands outside the section of a CPU (s390, old ARM) holds for all of them.
/// </summary>
internal sealed class CpuInfoScan
{
    private readonly Dictionary<int, CpuInfoSection> _cpus = [];
    private readonly CpuInfoSection _common = new();
    private readonly SortedSet<string> _microcodes = new(StringComparer.Ordinal);
    private CpuInfoSection? _current;
    private bool _is32Bit;

    public void Line(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0)
        {
            // A blank line ends the section of a CPU.
            _current = line.IsWhiteSpace() ? null : _current;
            return;
        }

        var key = line[..colon].Trim();
        var value = line[(colon + 1)..].Trim();
        if (Starts(key, value, out var id))
        {
            _current = _cpus.TryGetValue(id, out var known) ? known : _cpus[id] = new CpuInfoSection();
        }
        else if (key.StartsWith("processor ", StringComparison.Ordinal)
            && TryId(key["processor ".Length..], out id))
        {
            // s390 has one line a CPU: "processor 0: version = 00,  identification = 279F25,  machine = 2817".
            _cpus[id] = new CpuInfoSection();
            _cpus[id].Set("machine", After(value, "machine = "));
        }
        else
        {
            Keep(key, value);
        }
    }

    public CpuInfoText Finish()
    {
        var first = _cpus.Count == 0 ? _common : _cpus[_cpus.Keys.Min()];
        var flags = first["flags"];
        return new CpuInfoText(
            _cpus.ToDictionary(cpu => cpu.Key, cpu => cpu.Value.Silicon(_common)),
            CpuArchitecture.Of(key => first[key] ?? _common[key], _is32Bit),
            flags is not null && flags.Split(' ').Contains("hypervisor"),
            _microcodes.Count == 0 ? null : string.Join(',', _microcodes));
    }

    private void Keep(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        // Only a 32-bit x86 kernel prints the bugs of the first Pentiums.
        _is32Bit |= key is "fdiv_bug";
        if (key is "microcode")
        {
            _microcodes.Add(value.ToString());
        }

        // Flags are long and the same everywhere: the first CPU's will do.
        if (key is not "flags" || _cpus.Count <= 1)
        {
            (_current ?? _common).Set(key, value);
        }
    }

    private bool Starts(ReadOnlySpan<char> key, ReadOnlySpan<char> value, out int id)
    {
        id = 0;
        var isIbm = key is "cpu number" && _common["vendor_id"] is "IBM/S390";
        return (key is "processor" || isIbm) && TryId(value, out id);
    }

    private static bool TryId(ReadOnlySpan<char> text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id <= CpuSet.MaxId;

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string mark)
    {
        var at = text.IndexOf(mark);
        return at < 0 ? default : text[(at + mark.Length)..].Trim();
    }
}
