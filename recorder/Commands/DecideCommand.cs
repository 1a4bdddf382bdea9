using System.CommandLine;
using NumaHistory.Recorder.Journal;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>decide: records where a guest is pinned, by whom and why, with the circumstances of that moment.</summary>
internal static class DecideCommand
{
    public static Command Build(RecorderContext context)
    {
        var words = new DecisionWords();
        var pinning = new DecideOptions();
        var host = HostOption.Create();
        var uuid = new Option<string?>("--uuid") { Description = "The guest's UUID", HelpName = "U" };
        var force = new Option<bool>("--force") { Description = "Record it against all reasons, and say so" };
        var placement = new Option<string?>("--from-placement") { Description = "Accept a proposal of numa-history place; - is standard input", HelpName = "FILE" };
        var command = new Command("decide", "Record a pin decision with its context") { words.Guest, host, uuid };
        pinning.AddTo(command);
        command.Options.Add(force);
        command.Options.Add(placement);
        words.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = words.Moment(context, parsed);
            var guest = words.Named(parsed);
            var id = Uuid(parsed.GetValue(uuid));
            var proposal = parsed.GetValue(placement) is { } file ? await AcceptedPlacement.ReadAsync(file, parsed.GetValue(host), context, cancel) : null;
            if (proposal is not null && pinning.Beside(parsed) is { } option)
            {
                throw new Refusal(
                    ExitCode.Usage, $"{option}: the proposal says that itself", $"leave {option} out, or ask numa-history place again with other options");
            }

            var said = pinning.Pins(parsed, Name(guest), id, proposal is not null);
            var pins = proposal?.Onto(said) ?? said;
            if (proposal is null && !pinning.Any(parsed))
            {
                throw new Refusal(ExitCode.Usage, "decide needs something to decide", "--pin 0=2-3, --memory-cells 1 or --from-placement -");
            }

            var target = proposal?.Host ?? parsed.GetValue(host) ?? throw new Refusal(ExitCode.Usage, "decide needs --host");
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            var decided = await store.Decisions.DecideAsync(
                new DecisionRequest(
                    guest, id, target, pins, words.Who(parsed), words.Reason(parsed), proposal is null ? "declared" : "accepted proposal",
                    parsed.GetValue(force), proposal?.Rejected ?? [], at)
                { Position = proposal?.Position, ProposedAt = proposal?.At },
                cancel);
            return (int)words.Say(context, parsed, decided, name => $"{name} is pinned on {target}");
        });
        return command;
    }

    private static string Name(string guest) => guest.Contains('/') ? guest[(guest.IndexOf('/') + 1)..] : guest;

    private static string? Uuid(string? text) => text is null ? null
        : Guid.TryParse(text, out var uuid) ? uuid.ToString()
        : throw new Refusal(ExitCode.Usage, $"--uuid: '{text}' is not a UUID");
}
