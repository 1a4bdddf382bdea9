using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Formats;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>
/// A host out of what somebody names: a folder or archive that holds sys/, capabilities or topology XML, an observation as
/// <c>numa-recorder sample --dry-run</c> prints it; nothing named is this machine.
/// </summary>
internal static class GivenHost
{
    public const string ThisMachine = "/";

    /// <summary>The host, and what in its document was wrong.</summary>
    public static (FitHost Host, IReadOnlyList<Problem> Problems) Read(
        string option, string path, Surroundings around, CancellationToken cancel)
    {
        try
        {
            if (path != "-" && Directory.Exists(path))
            {
                return Folder(option, path);
            }

            var bytes = GivenBytes.Read(option, path, around);
            var head = bytes.Span[..Math.Min(bytes.Length, 512)];
            return XmlRoot.MayBe(head) ? Xml(option, path, bytes)
                : head.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? Json(option, path, bytes)
                : Archive(option, path, bytes, cancel);
        }
        catch (SourceUnusableException unusable)
        {
            throw new Refusal(ExitCode.SourceUnusable, $"{option} {unusable.Message}", unusable.Hint, unusable);
        }
    }

    private static (FitHost Host, IReadOnlyList<Problem> Problems) Folder(string option, string path)
    {
        if (Path.GetFullPath(path) == ThisMachine)
        {
            return Tree(option, path, Environment.MachineName.Split('.')[0], new DirectoryTree(path));
        }

        var tree = new DirectoryTree(path);
        var host = One(option, path, HostFolders.In(folder => tree.List(folder, out _)));
        return Tree(option, path, Name(path), new DirectoryTree(Path.Combine(path, host)));
    }

    private static (FitHost Host, IReadOnlyList<Problem> Problems) Archive(
        string option, string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        var archive = TarArchive.ReadAsync(stream, path, cancel).GetAwaiter().GetResult();
        return Tree(option, path, Name(path), archive.Tree(One(option, path, archive.Hosts())));
    }

    private static (FitHost Host, IReadOnlyList<Problem> Problems) Tree(string option, string path, string name, ITree tree)
    {
        var reading = SysfsHost.Read(tree, withFingerprints: false);
        return reading.Refused is { } why
            ? throw new Refusal(ExitCode.SourceUnusable, $"{option} {path}: {why}")
            : (new FitHost(reading.HostName ?? name, reading.Topology, reading.Memory, reading.Architecture, reading.Settings), reading.Problems);
    }

    private static (FitHost Host, IReadOnlyList<Problem> Problems) Xml(string option, string path, ReadOnlyMemory<byte> bytes)
    {
        var reading = TopologyDocuments.Parse(bytes);
        return reading.Refused is { } refused
            ? throw new Refusal(ExitCode.SourceUnusable, $"{option} {refused.With(path)}", "virsh capabilities prints such a document")
            : (new FitHost(Name(path), reading.Topology, null, reading.Architecture, reading.Settings), [.. reading.Problems.Select(problem => problem.With(path))]);
    }

    // An observation, the envelope around some, or the first of several lines.
    private static (FitHost Host, IReadOnlyList<Problem> Problems) Json(string option, string path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes.Span);
            var root = JsonElement.ParseValue(ref reader);
            var item = root.TryGetProperty("items", out var items) && items is { ValueKind: JsonValueKind.Array } && items.GetArrayLength() > 0
                ? items[0]
                : root;
            if (!item.TryGetProperty("topology", out _) && item.TryGetProperty("cells", out _))
            {
                var memory = item.Deserialize(FactJson.Default.ObservedMemory);
                return (new FitHost(Name(path), null, GivenTopology.Checked(memory, "$")), []);
            }

            var seen = item.Deserialize(FactJson.Default.Observation)!;
            return (
                new FitHost(
                    seen.Host ?? Name(path),
                    GivenTopology.Checked(seen.Topology, "$.topology"),
                    GivenTopology.Checked(seen.Memory, "$.memory"),
                    seen.Architecture,
                    seen.HostSettings),
                seen.Problems ?? []);
        }
        catch (JsonException error)
        {
            throw new Refusal(
                ExitCode.SourceUnusable, $"{option} {path}: is no observation: {JsonFault.Words(error)}", "numa-recorder sample --dry-run prints one", error);
        }
    }

    private static string One(string option, string path, IReadOnlyList<string> folders) => folders switch
    {
        [var one] => one,
        [] => throw new Refusal(
            ExitCode.SourceUnusable, $"{option} {path}: holds no folder sys/", "a capture is a folder or .tar.gz that holds sys/ and proc/"),
        _ => throw new Refusal(ExitCode.Usage, $"{option} {path}: holds {folders.Count} hosts", $"name one of them: {option} {path.TrimEnd('/')}/{folders[0]}"),
    };

    private static string Name(string path)
    {
        var name = path == "-" ? "host" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        foreach (var ending in (string[])[".tar.gz", ".tgz", ".tar", ".xml", ".json"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}
