using System.CommandLine;
using NumaHistory.Recorder.Journal;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>What decide, release and move have in common: which guest, who says so, why, and since when.</summary>
internal sealed class DecisionWords
{
    private const int LongestName = 512;

    // Clocks of two machines differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly Option<string> _by = new("--by") { Description = "Who decides", HelpName = "WHO", Required = true };

    private readonly Option<string> _why = new("--why") { Description = "For what reason", HelpName = "TEXT", Required = true };

    private readonly Option<string?> _at = new("--at") { Description = "Since when it holds (default now)", HelpName = "TIME" };

    public Option<string> Guest { get; } = new("--guest") { Description = "The guest: a UUID, NAME or HOST/NAME", HelpName = "G", Required = true };

    public void AddTo(Command command)
    {
        command.Options.Add(_by);
        command.Options.Add(_why);
        command.Options.Add(_at);
    }

    public string Who(ParseResult parsed) => Said("--by", parsed.GetValue(_by)!);

    public string Reason(ParseResult parsed) => Said("--why", parsed.GetValue(_why)!);

    /// <summary>The moment in whole milliseconds, as facts have it.</summary>
    public DateTimeOffset Moment(RecorderContext context, ParseResult parsed)
    {
        var at = ImportMoment.Parse(context, parsed, parsed.GetValue(_at));
        if (at - context.Clock.GetUtcNow() > Skew)
        {
            throw new Refusal(
                ExitCode.Usage, $"--at: {TimeText.Utc(at)} has not come yet; a decision holds from when it is made", "leave --at out; what is decided and not yet done is a plan");
        }

        return new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>Says what was recorded, or every reason against it.</summary>
    public ExitCode Say(RecorderContext context, ParseResult parsed, Decided decided, Func<string, string> done)
    {
        if (decided.Fact is null)
        {
            return Voice.Say(
                context, ExitCode.No, string.Join('\n', decided.Reasons),
                decided.IsForceable && parsed.CommandResult.Command.Options.Any(option => option.Name == "--force") ? "--force records it all the same" : null);
        }

        foreach (var reason in decided.Reasons)
        {
            context.Error.WriteLine(Cleaned.Text($"numa-recorder: recorded by force although {reason}"));
        }

        foreach (var note in decided.Notes)
        {
            context.Error.WriteLine(Cleaned.Text($"numa-recorder: note: as recorded {note}"));
        }

        if (parsed.GetValue(context.Global.Output) is ("json" or "jsonl") and var form)
        {
            FactOutput.Write(context, parsed, form, [decided.Fact]);
        }
        else if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Out.WriteLine(Cleaned.Text($"{EventNames.Of(decided.Fact)}: {done(decided.Fact.Name)} since {TimeText.Utc(decided.Fact.ObservedAt)}"));
        }

        return ExitCode.Yes;
    }

    /// <summary>The guest as named; names that no hypervisor has are refused before they are recorded for ever.</summary>
    public string Named(ParseResult parsed)
    {
        var named = parsed.GetValue(Guest)!;
        return named.Trim().Length == 0 ? throw new Refusal(ExitCode.Usage, "--guest is empty", "name the guest")
            : named.Any(char.IsControl) ? throw new Refusal(ExitCode.Usage, $"--guest: '{Cleaned.Text(named)}' has a control character in it", "no hypervisor has such a guest")
            : named.Length > LongestName ? throw new Refusal(ExitCode.Usage, $"--guest: a name of {named.Length} characters; {LongestName} are the most")
            : named;
    }

    private static string Said(string option, string text) => text.Trim().Length > 0
        ? text.Trim()
        : throw new Refusal(ExitCode.Usage, $"{option} is empty", "say it in a few words");
}
