using System.Text.Json;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Hosts;

/// <summary>
/// A recorded machine and what other tools say of it: our own in tests/Hosts, those of peers in shared/data.
/// </summary>
public static class RecordedHost
{
    /// <summary>The names of all recorded machines that are here; peers' as PEER/NAME.</summary>
    public static IEnumerable<string> Names() => Own().Concat(Peers()).Order(StringComparer.Ordinal);

    /// <summary>The names of the recordings in this repository.</summary>
    public static IEnumerable<string> Own() =>
        Directory.EnumerateDirectories(Repository.At("tests", "Hosts")).Select(folder => Path.GetFileName(folder));

    /// <summary>The archive of a machine.</summary>
    public static string Archive(string name) =>
        name.Contains('/')
            ? SharedData.Require("sysfs", $"{name}.tar.gz")
            : Repository.At("tests", "Hosts", name, "tree.tar.gz");

    /// <summary>What other tools say of it.</summary>
    public static JsonElement Expected(string name)
    {
        var file = name.Contains('/')
            ? SharedData.Require("sysfs", $"{name}.json")
            : Repository.At("tests", "Hosts", name, "expected.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    /// <summary>The tree of a machine, in memory.</summary>
    internal static async Task<TarTree> TreeAsync(string name)
    {
        await using var stream = File.OpenRead(Archive(name));
        return (await TarArchive.ReadAsync(stream, name, CancellationToken.None)).Tree("");
    }

    /// <summary>What we read of it.</summary>
    public static async Task<SysfsReading> ReadAsync(string name) => SysfsHost.Read(await TreeAsync(name));

    private static IEnumerable<string> Peers()
    {
        var folder = SharedData.TryFind("sysfs");
        return folder is null
            ? []
            : Directory.EnumerateFiles(folder, "*.tar.gz", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file)[..^".tar.gz".Length].Replace('\\', '/'));
    }
}
