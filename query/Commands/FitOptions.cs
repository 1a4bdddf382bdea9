using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The words of <c>fit</c>, and which of them go together.</summary>
internal sealed class FitOptions
{
    private static readonly (string Word, Situation Situation)[] Situations =
    [
        ("running", Schema.Fit.Situation.Running), ("start", Schema.Fit.Situation.Start),
        ("resume", Schema.Fit.Situation.Resume), ("migrate-in", Schema.Fit.Situation.MigrateIn),
    ];

    public Argument<string[]> Guests { get; } = new("guest")
    {
        Description = "guests: a UUID, NAME or HOST/NAME (default every guest)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string> Domain { get; } = GlobalOptions.Text("--domain", "FILE", "domain XML to judge; - is standard input; needs no store unless --host names a host of it");

    public Option<string> Topology { get; } = GlobalOptions.Text(
        "--topology", "PATH", "the host to judge it on: a capture, capabilities XML or an observation (default this machine)");

    public Option<string> Memory { get; } = GlobalOptions.Text("--memory", "FILE", "free memory of that host, from an observation or a capture");

    public Option<string> Problem { get; } = GlobalOptions.Text("--problem", "FILE", "whole questions as JSON Lines; - is standard input; needs no store");

    public Option<string> Host { get; } = GlobalOptions.Text("--host", "TARGET", "judge on this host instead of the guest's own");

    public Option<string> When { get; } = GlobalOptions.Text(
        "--situation", "S", "running, start, resume or migrate-in (default: running if it is seen running, else start)");

    public Option<bool> Replay { get; } = new("--replay") { Description = "through recorded history: every stretch with its verdict; goes with --since" };

    public Option<string> Since { get; } = GlobalOptions.Text("--since", "TIME", "where the replay begins");

    public Option<string> Until { get; } = GlobalOptions.Text("--until", "TIME", "where the replay ends (--at, else now)");

    public void AddTo(Command command)
    {
        command.Add(Guests);
        foreach (var option in new[] { Host, When, Domain, Topology, Memory, Problem })
        {
            command.Add(option);
        }

        command.Add(Replay);
        command.Add(Since);
        command.Add(Until);
    }

    public FitMode Mode(Request request)
    {
        var mode = Has(request, Problem) ? FitMode.Problem : !Has(request, Domain) ? FitMode.Store
            : Has(request, Host) ? FitMode.DomainThere : FitMode.Documents;
        Option<string>[] foreign = mode switch
        {
            FitMode.Problem => [Domain, Topology, Memory, Host, When],
            FitMode.Documents => [],
            FitMode.DomainThere => [Topology, Memory],
            _ => [Topology, Memory],
        };
        if (Array.Find(foreign, option => Has(request, option)) is { } wrong)
        {
            throw new Refusal(
                ExitCode.Usage,
                mode == FitMode.Store ? $"{wrong.Name} goes with --domain" : $"{wrong.Name} does not go with {(mode == FitMode.Problem ? Problem.Name : Host.Name)}",
                "numa-history fit --help");
        }

        RefuseHalfReplay(request, mode);
        if (mode == FitMode.Store && request.Parse.GetValue(Replay))
        {
            return FitMode.Replay;
        }

        return mode == FitMode.Store || request.Parse.GetValue(Guests) is not { Length: > 0 }
            ? mode
            : throw new Refusal(ExitCode.Usage, "guests are of the store; --domain and --problem bring their own", "leave one of them out");
    }

    public Situation? Situation(Request request)
    {
        if (request.Parse.GetValue(When) is not { } text)
        {
            return null;
        }

        var found = Array.FindIndex(Situations, one => one.Word == text);
        return found >= 0
            ? Situations[found].Situation
            : throw new Refusal(
                ExitCode.Usage, $"{When.Name}: '{text}' is not running, start, resume or migrate-in",
                Nearest.Of(text, Situations.Select(one => one.Word)) is { } near ? $"did you mean {near}?" : null);
    }

    private void RefuseHalfReplay(Request request, FitMode mode)
    {
        if (!request.Parse.GetValue(Replay))
        {
            if (Array.Find([Since, Until], option => Has(request, option)) is { } alone)
            {
                throw new Refusal(ExitCode.Usage, $"{alone.Name} goes with --replay", "numa-history fit --replay --since -7d");
            }

            return;
        }

        if (mode != FitMode.Store)
        {
            throw new Refusal(ExitCode.Usage, "--replay is of the store; --domain and --problem bring their own", "leave one of them out");
        }

        if (!Has(request, Since))
        {
            throw new Refusal(ExitCode.Usage, "--replay needs --since TIME", "numa-history fit --replay --since -7d");
        }
    }

    private static bool Has(Request request, Option<string> option) => request.Parse.GetValue(option) is not null;
}
