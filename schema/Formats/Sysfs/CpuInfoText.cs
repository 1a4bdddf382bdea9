namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// /proc/cpuinfo, which every architecture writes its own way: the silicon of each online CPU, and what follows from it
/// for the machine. Architecture is uname's word; IsGuest = x86 says that it runs under a hypervisor.
/// </summary>
public sealed record CpuInfoText(
    IReadOnlyDictionary<int, CpuSilicon> Cpus,
    string? Architecture,
    bool IsGuest,
    string? Microcode)
{
    /// <summary>Reads the text; lines that are not understood are passed over.</summary>
    public static CpuInfoText Parse(ReadOnlySpan<char> text)
    {
        var scan = new CpuInfoScan();
        foreach (var line in text.EnumerateLines())
        {
            scan.Line(line);
        }

        return scan.Finish();
    }
}
