using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>How the program speaks on stderr: what is wrong, then the next step.</summary>
internal static class Voice
{
    public static ExitCode Say(RecorderContext context, ExitCode code, string message, string? hint)
    {
        context.Error.WriteLine($"numa-recorder: {Cleaned.Text(message)}");
        if (hint is not null)
        {
            context.Error.WriteLine($"hint: {Cleaned.Text(hint)}");
        }

        return code;
    }
}
