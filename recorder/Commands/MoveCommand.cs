using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>move: records that a guest goes to another host, its pins as they are.</summary>
internal static class MoveCommand
{
    public static Command Build(RecorderContext context)
    {
        var words = new DecisionWords();
        var to = new Option<string>("--to") { Description = "The host it goes to", HelpName = "HOST", Required = true };
        var command = new Command("move", "Record the migration of a guest") { words.Guest, to };
        words.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = words.Moment(context, parsed);
            var (guest, target) = (parsed.GetValue(words.Guest)!, parsed.GetValue(to)!);
            var (who, why) = (words.Who(parsed), words.Reason(parsed));
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            return (int)words.Say(
                context, parsed, await store.Decisions.MoveAsync(guest, target, who, why, at, cancel), name => $"{name} is on {target}");
        });
        return command;
    }
}
