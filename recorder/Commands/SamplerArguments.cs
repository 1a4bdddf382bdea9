using System.CommandLine;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>The options of up and run that say what is sampled and how often.</summary>
internal sealed class SamplerArguments
{
    private readonly Option<TimeSpan?> _every = DurationOption.Optional("--every", "Time between samples, 1s to 1h (default 10s)");

    private readonly Option<TimeSpan?> _block = DurationOption.Optional(
        "--block", "Longest stretch of samples kept as one event, 1m to 1h (default 1h)");

    private readonly Option<string> _root = new("--sysfs-root")
    {
        Description = "The folder that holds sys/ and proc/",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/",
    };

    private readonly Option<string[]> _connect = ConnectOption.Create();

    private readonly Option<string?> _host = HostOption.Create();

    private readonly Option<bool> _processes = ProcessesOption.Create();

    public void AddTo(Command command)
    {
        command.Options.Add(_every);
        command.Options.Add(_block);
        command.Options.Add(_root);
        command.Options.Add(_connect);
        command.Options.Add(_host);
        command.Options.Add(_processes);
    }

    public SamplerOptions Options(ParseResult parsed)
    {
        var normal = new SamplerOptions();
        return new SamplerOptions
        {
            Interval = parsed.GetValue(_every) ?? normal.Interval,
            Block = parsed.GetValue(_block) ?? normal.Block,
        }.Checked();
    }

    /// <summary>
    /// What is to be recorded. This machine's own files are, unless only other hosts are named; where no connection is named,
    /// <paramref name="detected"/> is the hypervisor that runs here.
    /// </summary>
    public RecordedSources Sources(ParseResult parsed, string? detected)
    {
        string[] named = [.. (parsed.GetValue(_connect) ?? []).Distinct(StringComparer.Ordinal)];
        var host = parsed.GetValue(_host);
        var isHere = named.Length == 0 || parsed.GetResult(_root) is { Implicit: false } || named.Any(LibvirtUri.IsThisMachine);
        if (host is not null && !isHere && named.Length > 1)
        {
            throw new Refusal(
                ExitCode.Usage, $"--host {host}: names one host, but there are {named.Length} connections",
                "without --host each is named by its own name");
        }

        // What dom0's files say is a small guest's view: under Xen the hypervisor alone tells of the machine.
        var isXen = named.Length == 0 && detected?.StartsWith("xen:", StringComparison.Ordinal) == true;
        return new RecordedSources(
            isHere && !isXen ? parsed.GetValue(_root) : null, host, named.Length > 0 ? named : detected is null ? [] : [detected])
        {
            WithProcesses = parsed.GetValue(_processes),
        };
    }
}
