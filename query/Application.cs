using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query;

/// <summary>The whole program behind Main: words in, exit code out. Only here refusals become messages.</summary>
internal static class Application
{
    public const string Name = "numa-history";

    private const int BrokenPipe = 32;

    public static int Run(IReadOnlyList<string> args, Surroundings around, CancellationToken cancel)
    {
        try
        {
            var parse = Root.Create(around, cancel).Parse(
                args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            var code = Run(parse, around);
            around.Out.Flush();
            return code;
        }
        catch (Refusal refusal)
        {
            around.Err.Write(ErrorVoice.Text(Name, refusal));
            Trace(args, around, refusal.InnerException);
            return (int)refusal.Code;
        }
        catch (IOException error) when (error.HResult == BrokenPipe)
        {
            return (int)ExitCode.PipeClosed;
        }
        catch (IOException error)
        {
            around.Err.Write(ErrorVoice.Text(Name, $"the output cannot be written: {error.Message}"));
            return (int)ExitCode.SourceUnusable;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            around.Err.Write(
                ErrorVoice.Text(Name, $"a bug: {error.Message}", "run it again with -v and report what it prints"));
            Trace(args, around, error);
            return (int)ExitCode.Bug;
        }
    }

    private static int Run(ParseResult parse, Surroundings around)
    {
        var asksForHelp = parse.Action is HelpAction;
        var asksForCompletion = parse.Tokens.Any(token => token.Type == TokenType.Directive);
        if (!asksForHelp && !asksForCompletion && ParseErrors.Find(parse) is { } refusal)
        {
            throw refusal;
        }

        using var output = new StreamWriter(around.Out, leaveOpen: true);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = around.Err,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return parse.Invoke(configuration);
    }

    private static void Trace(IReadOnlyList<string> args, Surroundings around, Exception? error)
    {
        if (error is not null && (args.Contains("-v") || args.Contains("--verbose")))
        {
            around.Err.WriteLine(error);
        }
    }
}
