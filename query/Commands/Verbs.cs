using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>What every verb is given: the outside, the global options, and the way an action is run.</summary>
internal sealed class Verbs(Surroundings around)
{
    public Surroundings Around { get; } = around;

    public GlobalOptions Options { get; } = new();

    public static Argument<string?> Host() => new("host")
    {
        Description = "a host's name, former name or key",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>A verb that needs no store.</summary>
    public Command Offline(Command command, Func<Request, CancellationToken, Task<ExitCode>> answer)
    {
        command.SetAction(async (parse, cancel) => (int)await answer(Request.Of(parse, Options, Around), cancel));
        return command;
    }

    /// <summary>A verb that asks the store; --timeout covers connecting and reading.</summary>
    public Command Online(Command command, Func<Request, StoreReader, CancellationToken, Task<ExitCode>> answer) =>
        Offline(command, async (request, cancel) =>
        {
            using var patience = new CancellationTokenSource(request.Timeout, Around.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            var target = StoreTargets.Find(request.Db, Around);
            try
            {
                await using var store = await StoreConnection.OpenAsync(target, request.Timeout, either.Token);
                return await answer(request, store, either.Token);
            }
            catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                throw new Refusal(
                    ExitCode.StoreUnreachable,
                    $"{target.Name} did not answer within {Duration.Print(request.Timeout)}",
                    "try a longer --timeout",
                    error);
            }
        });
}
