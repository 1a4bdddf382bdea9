using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>What every verb is given: the outside, the global options, and the way an action is run.</summary>
internal sealed class Verbs(Surroundings around, CancellationToken cancel)
{
    public Surroundings Around { get; } = around;

    public GlobalOptions Options { get; } = new();

    public static Argument<string?> Host() => new("host")
    {
        Description = "a host's name, former name or key",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>A verb that needs no store.</summary>
    public Command Offline(Command command, Func<Request, CancellationToken, ExitCode> answer)
    {
        command.SetAction(parse => (int)answer(Request.Of(parse, Options, Around), cancel));
        return command;
    }

    /// <summary>A verb that asks the store; --timeout covers connecting and reading.</summary>
    public Command Online(Command command, Func<Request, StoreReader, CancellationToken, ExitCode> answer) =>
        Offline(command, (request, stop) => Ask(request, stop, (store, either) => answer(request, store, either)));

    /// <summary>Asks the store within --timeout; with patience, that is the limit of each question and not of the whole.</summary>
    public ExitCode Ask(Request request, CancellationToken stop, Func<StoreReader, CancellationToken, ExitCode> answer, bool hasPatience = false)
    {
        using var patience = new CancellationTokenSource(hasPatience ? Timeout.InfiniteTimeSpan : request.Timeout, Around.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var store = new StoreReader(() => StoreTargets.Find(request.Db, Around), request.Timeout);
            return answer(store, either.Token);
        }
        catch (OperationCanceledException error) when (
            patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"the store did not answer within {Duration.Print(request.Timeout)}",
                "try a longer --timeout",
                error);
        }
    }
}
