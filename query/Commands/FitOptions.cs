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

    public Option<string> Problem { get; } = GlobalOptions.Text("--problem", "FILE", "whole questions as JSON Lines; - is standard input; needs no store");

    public Option<string> Host { get; } = GlobalOptions.Text("--host", "TARGET", "judge on this host instead of the guest's own");

    public Option<string> When { get; } = GlobalOptions.Text(
        "--situation", "S", "running, start, resume or migrate-in (default: running if it is seen running, else start)");

    public Option<bool> Replay { get; } = new("--replay") { Description = "through recorded history: every stretch with its verdict; goes with --since" };

    public Option<string> Since { get; } = GlobalOptions.Text("--since", "TIME", "where the replay begins");

    public Option<string> Until { get; } = GlobalOptions.Text("--until", "TIME", "where the replay ends (--at, else now)");

    public Option<bool> Matrix { get; } = new("--matrix") { Description = "every guest on every host: who can go where, each as if it moved alone" };

    public Option<string> WithoutHost { get; } = GlobalOptions.Text("--without-host", "HOST", "with --matrix: the guests of this host on all others, as if it died");

    public FitEdits Edits { get; } = new();

    public FitRatios Ratios { get; } = new();

    public Option<bool> Repair { get; } = new("--repair")
    {
        Description = "propose the cheapest pinning that fits again; -o xml, virsh or xl prints it ready to use; nothing is applied",
    };

    public void AddTo(Command command)
    {
        command.Add(Guests);
        foreach (var option in new[] { Host, When, Domain, Topology, Problem })
        {
            command.Add(option);
        }

        command.Add(Matrix);
        command.Add(WithoutHost);
        Edits.AddTo(command);
        Ratios.AddTo(command);
        command.Add(Replay);
        command.Add(Since);
        command.Add(Until);
        command.Add(Repair);
    }

    public FitMode Mode(Request request)
    {
        var mode = Has(request, Problem) ? FitMode.Problem : !Has(request, Domain) ? FitMode.Store
            : Has(request, Host) ? FitMode.DomainThere : FitMode.Documents;
        Option<string>[] foreign = mode switch
        {
            FitMode.Problem => [Domain, Topology, Host, When, WithoutHost],
            FitMode.Documents => [WithoutHost],
            FitMode.DomainThere => [Topology, WithoutHost],
            _ => [Topology],
        };
        if (Array.Find(foreign, option => Has(request, option)) is { } wrong)
        {
            throw new Refusal(
                ExitCode.Usage,
                mode == FitMode.Store ? $"{wrong.Name} goes with --domain" : $"{wrong.Name} does not go with {(mode == FitMode.Problem ? Problem.Name : Host.Name)}",
                "numa-history fit --help");
        }

        RefuseEdits(request, mode);
        RefuseHalfReplay(request, mode);
        RefuseHalfRepair(request, mode);
        if (RefuseHalfMatrix(request, mode))
        {
            return FitMode.Matrix;
        }

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

    private void RefuseEdits(Request request, FitMode mode)
    {
        if (mode is FitMode.Problem or FitMode.Documents && Ratios.Given(request) is { } ratio)
        {
            throw new Refusal(
                ExitCode.Usage,
                $"{ratio}: {(mode == FitMode.Problem ? "a problem brings its own limits" : "no other guests are known beside a document")}", $"leave {ratio} out");
        }

        if (mode == FitMode.Problem && (Edits.Any(request) || Edits.MemoryFile(request) is not null))
        {
            throw new Refusal(ExitCode.Usage, "a problem brings its own host: --without-cell, --without-cpus, --smt and --memory do not go with it", "numa-history fit --help");
        }

        if (mode is FitMode.Store or FitMode.DomainThere && Edits.MemoryFile(request) is { } file)
        {
            throw new Refusal(ExitCode.Usage, $"--memory: '{file}' is not CELL=SIZE, and a file goes with --domain", "write it like --memory 0=32GiB");
        }
    }

    private bool RefuseHalfMatrix(Request request, FitMode mode)
    {
        if (!request.Parse.GetValue(Matrix))
        {
            return Has(request, WithoutHost) ? throw new Refusal(ExitCode.Usage, "--without-host goes with --matrix", "numa-history fit --matrix --without-host HOST") : false;
        }

        return mode == FitMode.Store && !request.Parse.GetValue(Replay) && !request.Parse.GetValue(Repair) && !Has(request, When) ? true
            : throw new Refusal(ExitCode.Usage, "--matrix is of the store as it is at a moment, and every pair has its own situation", "leave the other out");
    }

    private void RefuseHalfRepair(Request request, FitMode mode)
    {
        var isRepair = request.Parse.GetValue(Repair);
        if (isRepair && request.Parse.GetValue(Replay))
        {
            throw new Refusal(ExitCode.Usage, "--repair is of one moment and does not go with --replay", "numa-history fit GUEST --repair --at TIME");
        }

        if (request.Format is OutputFormat.Xml or OutputFormat.Virsh or OutputFormat.Xl && (!isRepair || mode == FitMode.Problem))
        {
            var word = request.Format.ToString().ToLowerInvariant();
            throw new Refusal(
                ExitCode.Usage,
                mode == FitMode.Problem ? $"-o {word}: answers to --problem are JSON Lines" : $"-o {word} is of a proposed pinning and goes with --repair",
                mode == FitMode.Problem ? null : "numa-history fit GUEST --repair -o " + word);
        }
    }

    private static bool Has(Request request, Option<string> option) => request.Parse.GetValue(option) is not null;
}
