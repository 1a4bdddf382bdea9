using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>How the program speaks on stderr: what is wrong, then the next step.</summary>
internal static class Voice
{
    public static ExitCode Say(RecorderContext context, ExitCode code, string message, string? hint)
    {
        context.Error.Write(ErrorVoice.Text("numa-recorder", message, hint));
        return code;
    }
}
