using System.CommandLine;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Sources.Processes;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// The options of sample that say where to look, and the looks they mean: one host, or a connection each.
/// </summary>
internal sealed class SampleSources
{
    private static readonly string[] Words = ["auto", SysfsSource.SourceName, LibvirtSource.SourceName, "xen"];

    private readonly Option<string> _source = GlobalOptions.Choice("--source", "Where to look", "auto", Words);

    private readonly Option<string[]> _connect = ConnectOption.Create();

    private readonly Option<string> _root = new("--sysfs-root")
    {
        Description = "The folder that holds sys/ and proc/",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/",
    };

    private readonly Option<string?> _host = HostOption.Create();

    private readonly Option<bool> _maps = new("--numa-maps")
    {
        Description = "Read where local guests' memory lies from /proc/PID/numa_maps: exact, but they wait meanwhile",
    };

    private readonly Option<bool> _processes = ProcessesOption.Create();

    public void AddTo(Command command)
    {
        command.Options.Add(_processes);
        command.Options.Add(_source);
        command.Options.Add(_connect);
        command.Options.Add(_root);
        command.Options.Add(_host);
        command.Options.Add(_maps);
    }

    /// <summary>
    /// Looks at every host that is named, all at once; a host that gives nothing is an item with the reason. Refuses
    /// what cannot be meant before anything is read.
    /// </summary>
    public async Task<IReadOnlyList<ImportItem>> ReadAsync(
        ParseResult parsed, TimeProvider clock, CancellationToken cancel)
    {
        var host = parsed.GetValue(_host);
        var connections = parsed.GetValue(_connect) ?? [];
        Refuse(parsed.GetValue(_source)!, connections, host);
        if (connections.Length == 0 && parsed.GetValue(_source) != LibvirtSource.SourceName)
        {
            var files = new SysfsSource(parsed.GetValue(_root)!, host, clock);
            return [await ItemAsync(parsed.GetValue(_processes) ? new ProcessesSource(files, parsed.GetValue(_root)!) : files, "/", cancel)];
        }

        // No connection named is libvirt's own default.
        var uris = connections.Distinct(StringComparer.Ordinal).Cast<string?>().DefaultIfEmpty(null);
        return await Task.WhenAll(uris.Select(uri => LibvirtAsync(uri, host, parsed.GetValue(_maps), clock, cancel)));
    }

    private static async Task<ImportItem> LibvirtAsync(
        string? uri, string? host, bool exactMemory, TimeProvider clock, CancellationToken cancel)
    {
        await using var session = new LibvirtSession(uri, clock);
        return await ItemAsync(new LibvirtSource(session, host, clock, exactMemory), session.Shown, cancel);
    }

    private static async Task<ImportItem> ItemAsync(ISource source, string place, CancellationToken cancel)
    {
        try
        {
            var observation = await source.ReadAsync(cancel);
            return new ImportItem(observation.File ?? place, observation);
        }
        catch (SourceUnusableException unusable)
        {
            return new ImportItem(place, null, unusable.Message, unusable.Hint);
        }
    }

    private static void Refuse(string source, string[] connections, string? host)
    {
        if (source == "xen")
        {
            throw new Refusal(
                ExitCode.Usage, "--source xen: not read yet; libvirt with --connect xen:///system is",
                "numa-recorder sample --connect xen:///system");
        }

        if (source == SysfsSource.SourceName && connections.Length > 0)
        {
            throw new Refusal(
                ExitCode.Usage,
                $"--connect {connections[0]}: --source sysfs looks at files",
                "leave one of the two out");
        }

        if (host is not null && connections.Length > 1)
        {
            throw new Refusal(
                ExitCode.Usage, $"--host {host}: names one host, but there are {connections.Length} connections",
                "without --host each is named by its own name");
        }
    }
}
