using System.Diagnostics;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>virsh's answers about one guest, as it prints them.</summary>
internal sealed class Virsh(string uri, string guest)
{
    /// <summary>What it prints; the test fails when it does.</summary>
    public string Run(params string[] args)
    {
        var start = new ProcessStartInfo("virsh", ["-c", uri, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using var virsh = Process.Start(start)!;
        var error = virsh.StandardError.ReadToEndAsync();
        var output = virsh.StandardOutput.ReadToEnd();
        virsh.WaitForExit();
        Assert.True(virsh.ExitCode == 0, $"virsh {string.Join(' ', args)}: {error.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>vCPU to CPUs, as <c>0: 2-3</c>.</summary>
    public IReadOnlyList<string> VcpuPins(string layer) => Table("vcpupin", guest, layer);

    public IReadOnlyList<string> EmulatorPin(string layer) => Table("emulatorpin", guest, layer);

    /// <summary>I/O thread to CPUs; running ones with what is in force.</summary>
    public IReadOnlyList<string> Iothreads(string layer) => Table("iothreadinfo", guest, layer);

    /// <summary>The affinity that each online vCPU has, as <c>0: -y</c>.</summary>
    public IReadOnlyList<string> Affinity() => Fields(Run("vcpuinfo", guest))
        .Where(field => field.Name is "VCPU" or "CPU Affinity")
        .Chunk(2)
        .Select(pair => $"{pair[0].Value}: {pair[1].Value}")
        .ToList();

    public string State() => Run("domstate", guest, "--reason").Trim();

    /// <summary>Mode and cells of the memory, as <c>restrictive 0</c>.</summary>
    public string Memory(string layer) => string.Join(
        ' ', Fields(Run("numatune", guest, layer)).Where(field => field.Name is "numa_mode" or "numa_nodeset").Select(field => field.Value));

    private List<string> Table(params string[] args) => Run(args).Split('\n')
        .SkipWhile(line => !line.StartsWith("---", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length == 2)
        .Select(words => $"{words[0].TrimEnd(':')}: {words[1]}")
        .ToList();

    private static IEnumerable<(string Name, string Value)> Fields(string text) => text.Split('\n')
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .Where(parts => parts.Length == 2)
        .Select(parts => (parts[0], parts[1]));
}
