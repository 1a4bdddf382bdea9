using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>release: ends the decided pinning of a guest, so that others may have its CPUs.</summary>
internal static class ReleaseCommand
{
    public static Command Build(RecorderContext context)
    {
        var words = new DecisionWords();
        var command = new Command("release", "End the decided pinning of a guest") { words.Guest };
        words.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = words.Moment(context, parsed);
            var guest = parsed.GetValue(words.Guest)!;
            var (who, why) = (words.Who(parsed), words.Reason(parsed));
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            return (int)words.Say(
                context, parsed, await store.Decisions.ReleaseAsync(guest, who, why, at, cancel), $"the pinning of {guest} is released");
        });
        return command;
    }
}
