using System.CommandLine;
using NumaHistory.Recorder.Commands.Backfills;
using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>The command line of numa-recorder: its verbs, and how every outcome becomes an exit code.</summary>
internal static class RecorderProgram
{
    private static readonly Func<RecorderContext, Command>[] Verbs =
    [
        UpCommand.Build,
        RunCommand.Build,
        context => SampleCommand.Build(context, StoreRecording.Of(context)),
        context => ImportCommand.Build(context, StoreRecording.Of(context)),
        DecideCommand.Build,
        ReleaseCommand.Build,
        MoveCommand.Build,
        BackfillCommand.Build,
        context => StoreCommand.Build(
            context,
            (connection, cancel) =>
                StoreMigration.RunAsync(connection, StoreRecording.Recorder(context).Program, cancel),
            StoreUpkeep.Migrate(context),
            StoreUpkeep.Verify(context),
            StoreUpkeep.Rebuild(context)),
        VersionCommand.Build,
    ];

    public static RootCommand Root(RecorderContext context)
    {
        var root = new RootCommand("Records the NUMA history of hosts: topology, free memory per cell, pin decisions.");
        foreach (var option in context.Global.All)
        {
            root.Options.Add(option);
        }

        foreach (var build in Verbs)
        {
            root.Subcommands.Add(build(context));
        }

        root.Options.OfType<VersionOption>().Single().Action = new VersionCommand.Print(context);
        return root;
    }

    /// <summary>
    /// Runs one command line. Cancelling answers Interrupted; which signal it was is the caller's knowledge.
    /// </summary>
    public static async Task<ExitCode> RunAsync(
        IReadOnlyList<string> args, RecorderContext context, CancellationToken cancel)
    {
        // @1700000000 is a moment here, not a file with more arguments.
        var parsed = Root(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            var code = await InvokeAsync(parsed, context, cancel);
            await context.Out.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (IOException gone) when (gone.HResult == StandardOutput.BrokenPipe)
        {
            return ExitCode.PipeClosed;
        }
        catch (Exception failure)
        {
            return await FailedAsync(failure, parsed, context, cancel);
        }
    }

    private static async Task<ExitCode> InvokeAsync(
        ParseResult parsed, RecorderContext context, CancellationToken cancel)
    {
        if (UsageErrors.In(parsed) is { } wrong)
        {
            throw wrong;
        }

        var limit = parsed.Errors.Count > 0 ? null : parsed.GetValue(context.Global.Timeout);
        using var timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        var configuration = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return (ExitCode)await parsed.InvokeAsync(configuration, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"not done within --timeout {parsed.GetResult(context.Global.Timeout)?.Tokens[0].Value}",
                "give it more time, or look at numa-recorder store status");
        }
    }

    private static async Task<ExitCode> FailedAsync(
        Exception failure, ParseResult parsed, RecorderContext context, CancellationToken cancel)
    {
        try
        {
            // What was already said stays said: an answer of many items may be cut, not lost.
            await context.Out.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            return ExitCode.PipeClosed;
        }

        var code = failure switch
        {
            OperationCanceledException when cancel.IsCancellationRequested => ExitCode.Interrupted,
            Refusal refusal => Voice.Say(context, refusal.Code, refusal.Message, refusal.Hint),
            _ when ConnectionFailure.Explain(failure) is { } lost =>
                Voice.Say(context, lost.Code, lost.Message, lost.Hint),
            _ => Voice.Say(
                context,
                ExitCode.Bug,
                $"unexpected: {failure.Message}",
                "run it again with -v and report what it prints"),
        };
        if (code != ExitCode.Interrupted && code != ExitCode.Usage && parsed.GetValue(context.Global.Verbose))
        {
            await context.Error.WriteLineAsync(failure.ToString());
        }

        return code;
    }
}
