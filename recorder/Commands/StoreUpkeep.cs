using System.CommandLine;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>store migrate, verify and rebuild: the verbs about what is in a store.</summary>
internal static class StoreUpkeep
{
    public static Command Migrate(RecorderContext context)
    {
        var migrate = new Command("migrate", "Bring the store's schema to this version");
        migrate.SetAction(async (parsed, cancel) =>
        {
            var sql = await StoreMigration.RunAsync(
                StoreConnection.Of(parsed, context), StoreRecording.Recorder(context).Program, cancel);
            Note(parsed, context, "the store has the schema of this version");
            if (sql is not null)
            {
                Note(parsed, context, "this user may not make roles; an administrator can run the following");
                await context.Out.WriteLineAsync(sql);
            }

            return (int)ExitCode.Yes;
        });
        return migrate;
    }

    public static Command Verify(RecorderContext context)
    {
        var verify = new Command("verify", "Prove that no stored event was edited, removed or reordered");
        verify.SetAction(async (parsed, cancel) =>
        {
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            var (events, breaches) = await new StoreVerification(store.Source).RunAsync(cancel);
            var table = new Table("stream", Column.Right("version"), Column.Right("position"), "what");
            foreach (var breach in breaches)
            {
                table.Row(breach.Stream, breach.Version, breach.Position, breach.What);
            }

            if (breaches.Count > 0)
            {
                table.Write(context.Out, !parsed.GetValue(context.Global.NoHeaders));
            }

            Note(parsed, context, breaches.Count == 0
                ? $"{events} events, every one as it was written"
                : $"{events} events; {breaches.Count} streams are not as they were written");
            return (int)(breaches.Count == 0 ? ExitCode.Yes : ExitCode.No);
        });
        return verify;
    }

    public static Command Rebuild(RecorderContext context)
    {
        var rebuild = new Command("rebuild", "Make the read model again from the events");
        rebuild.SetAction(async (parsed, cancel) =>
        {
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            var events = await new StoreRebuild(store.Source).RunAsync(cancel);
            Note(parsed, context, $"the read model was made again from {events} events");
            return (int)ExitCode.Yes;
        });
        return rebuild;
    }

    private static void Note(ParseResult parsed, RecorderContext context, string line)
    {
        if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Error.WriteLine($"numa-recorder: {Cleaned.Text(line)}");
        }
    }
}
