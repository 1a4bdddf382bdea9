using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Processes;

/// <summary>What /proc/PID/status says of a thread: the CPUs it may run on and the cells its memory may come from; null = not said.</summary>
public sealed record ProcessStatus(CpuSet? Cpus, CpuSet? Cells)
{
    /// <summary>Reads the text of the file.</summary>
    public static ProcessStatus Parse(string text) => new(List(text, "Cpus_allowed_list:"), List(text, "Mems_allowed_list:"));

    private static CpuSet? List(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(one => one.StartsWith(name, StringComparison.Ordinal));
        return line is not null && CpuSet.TryParse(line[name.Length..].Trim(), out var set) ? set : null;
    }
}
