using System.CommandLine;
using NumaHistory.Recorder.Sampling;

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

    private readonly Option<string?> _host = HostOption.Create();

    public void AddTo(Command command)
    {
        command.Options.Add(_every);
        command.Options.Add(_block);
        command.Options.Add(_root);
        command.Options.Add(_host);
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

    public string Root(ParseResult parsed) => parsed.GetValue(_root)!;

    public string? Host(ParseResult parsed) => parsed.GetValue(_host);
}
