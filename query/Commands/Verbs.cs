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

    /// <summary>A verb whose answer flows: --timeout is what the store may take between two pieces of it.</summary>
    public Command Streaming(Command command, Func<Request, StoreReader, Patience, CancellationToken, ExitCode> answer) =>
        Offline(command, (request, stop) => Ask(request, stop, (store, waiting, either) => answer(request, store, waiting, either)));

    /// <summary>Asks the store within --timeout.</summary>
    public ExitCode Ask(Request request, CancellationToken stop, Func<StoreReader, CancellationToken, ExitCode> answer) =>
        Ask(request, stop, (store, _, either) => answer(store, either));

    /// <summary>The same, where the store is not waited for all the time.</summary>
    public ExitCode Ask(Request request, CancellationToken stop, Func<StoreReader, Patience, CancellationToken, ExitCode> answer)
    {
        using var patience = new CancellationTokenSource(request.Timeout, Around.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var store = new StoreReader(() => StoreTargets.Find(request.Db, Around), request.Timeout);
            return answer(store, new Patience(patience, request.Timeout), either.Token);
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
