using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>release: ends the decided pinning of a guest, so that others may have its CPUs.</summary>
internal static class ReleaseCommand
{
    public static Command Build(RecorderContext context)
    {
        var words = new DecisionWords();
        var plan = new Option<bool>("--plan") { Description = "Take back only what is decided and not carried out; what was decided before holds on" };
        var command = new Command("release", "End the decided pinning of a guest") { words.Guest, plan };
        words.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = words.Moment(context, parsed);
            var (guest, onlyPlan) = (parsed.GetValue(words.Guest)!, parsed.GetValue(plan));
            var (who, why) = (words.Who(parsed), words.Reason(parsed));
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            return (int)words.Say(
                context,
                parsed,
                await (onlyPlan ? store.Decisions.WithdrawAsync(guest, who, why, at, cancel) : store.Decisions.ReleaseAsync(guest, who, why, at, cancel)),
                name => onlyPlan ? $"the plan for {name} is withdrawn" : $"the pinning of {name} is released");
        });
        return command;
    }
}
