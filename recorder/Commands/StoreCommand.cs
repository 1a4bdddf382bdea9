using System.CommandLine;
using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>store start, stop, status and psql; the verbs about what is in the store are handed in.</summary>
internal static class StoreCommand
{
    public static Command Build(
        RecorderContext context, Func<string, CancellationToken, Task> migrate, params Command[] more)
    {
        var store = new Command("store", "The store: the private PostgreSQL, its schema, its integrity");
        Command[] own = [Start(context, migrate), Stop(context), Status(context), Psql(context)];
        foreach (var verb in own.Concat(more))
        {
            store.Subcommands.Add(verb);
        }

        return store;
    }

    private static Command Start(RecorderContext context, Func<string, CancellationToken, Task> migrate)
    {
        var start = new Command("start", "Start the private store and leave it running");
        start.SetAction(async (parsed, cancel) =>
        {
            RefuseOption(parsed, context);
            await StoreConnection.Private(parsed, context).StartAsync(migrate, cancel);
            Note(parsed, context, "the store is ready");
            if (StoreConnection.Address(parsed, context) is { IsPrivate: false } other)
            {
                Note(parsed, context, $"{other.From} names another store, and the other commands use that one");
            }

            return (int)ExitCode.Yes;
        });
        return start;
    }

    private static Command Stop(RecorderContext context)
    {
        var stop = new Command("stop", "Stop the private store");
        stop.SetAction(async (parsed, cancel) =>
        {
            RefuseOption(parsed, context);
            var ran = await StoreConnection.Private(parsed, context).StopAsync(cancel);
            Note(parsed, context, ran ? "the store has stopped" : "the store was not running");
            return (int)ExitCode.Yes;
        });
        return stop;
    }

    private static Command Status(RecorderContext context)
    {
        var status = new Command("status", "Whether the private store runs, and how to reach it");
        status.SetAction(async (parsed, cancel) =>
        {
            RefuseOption(parsed, context);
            var found = await StoreConnection.Private(parsed, context).StatusAsync(cancel);
            if (parsed.GetValue(context.Global.Output) is "json" or "jsonl")
            {
                await context.Out.WriteLineAsync(StoreStatusJson.Print(found));
            }
            else
            {
                await PrintAsync(found, context.Out);
            }

            return (int)ExitCode.Yes;
        });
        return status;
    }

    private static Command Psql(RecorderContext context)
    {
        var arguments = new Argument<string[]>("arguments")
        {
            Description = "What psql takes, after --",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var psql = new Command("psql", "Open the store with psql") { arguments };
        psql.SetAction(async (parsed, cancel) =>
        {
            var server = StoreConnection.Private(parsed, context);
            var address = StoreConnection.Address(parsed, context);
            var status = address.IsPrivate ? await server.StatusAsync(cancel) : null;
            if (status is { Running: false })
            {
                throw new Refusal(ExitCode.StoreUnreachable, "the store is not running", "numa-recorder store start");
            }

            var connection = status?.Connection ?? LibpqKeywords.Print(address.Parameters!);
            var tool = await server.PsqlAsync(cancel);
            var program = tool.Program.StartsWith('/') ? tool.Program : OnPath(tool.Program, context)
                ?? throw new Refusal(
                    ExitCode.StoreUnreachable, "there is no psql on this machine", "install postgresql-client");
            var environment = System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .ToDictionary(name => name, System.Environment.GetEnvironmentVariable, StringComparer.Ordinal);
            foreach (var (name, value) in tool.Environment)
            {
                environment[name] = value;
            }

            Unix.Become(program, [connection, .. parsed.GetValue(arguments) ?? []], environment);
            return (int)ExitCode.Yes;
        });
        return psql;
    }

    private static async Task PrintAsync(StoreStatus found, TextWriter output)
    {
        await output.WriteLineAsync($"running     {(found.Running ? "yes" : "no")}");
        await output.WriteLineAsync($"connection  {Cleaned.Text(found.Connection)}");
        await output.WriteLineAsync($"socket      {Cleaned.Text(found.Socket)}");
        await output.WriteLineAsync($"psql        {Cleaned.Text(found.Psql)}");
        await output.WriteLineAsync($"state       {Cleaned.Text(found.State)}");
        await output.WriteLineAsync($"version     {found.Version?.ToString(null, null) ?? "?"}");
        await output.WriteLineAsync($"pid         {found.Pid?.ToString(null, null) ?? "?"}");
        await output.WriteLineAsync($"log         {Cleaned.Text(found.Log)}");
    }

    private static void RefuseOption(ParseResult parsed, RecorderContext context)
    {
        if (parsed.GetValue(context.Global.Db) is { Length: > 0 })
        {
            throw new Refusal(
                ExitCode.Usage, "--db names a server, but this command is about the private store", "leave --db out");
        }
    }

    private static void Note(ParseResult parsed, RecorderContext context, string line)
    {
        if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Error.WriteLine($"numa-recorder: {Cleaned.Text(line)}");
        }
    }

    private static string? OnPath(string program, RecorderContext context) =>
        (context.Environment("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
