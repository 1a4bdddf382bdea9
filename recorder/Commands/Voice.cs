using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>How the program speaks on stderr: what is wrong, then the next step.</summary>
internal static class Voice
{
    public static ExitCode Say(RecorderContext context, ExitCode code, string message, string? hint)
    {
        context.Error.WriteLine($"numa-recorder: {Printable(message)}");
        if (hint is not null)
        {
            context.Error.WriteLine($"hint: {Printable(hint)}");
        }

        return code;
    }

    /// <summary>Messages quote names and paths from elsewhere: no control character reaches the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
