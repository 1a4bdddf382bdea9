using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

internal static class Colors
{
    public static bool AreOn(string? text, Surroundings around)
    {
        var choice = text?.ToLowerInvariant() switch
        {
            null or "auto" => ColorChoice.Auto,
            "always" => ColorChoice.Always,
            "never" => ColorChoice.Never,
            _ => throw new Refusal(ExitCode.Usage, $"--color: '{text}' is not auto, always or never"),
        };
        return Color.IsOn(choice, around.IsTerminal, around.Variable("NO_COLOR"), around.Variable("TERM"));
    }
}
