using System.Text;
using NumaHistory.Schema.Files;

namespace NumaHistory.Recorder.Commands;

/// <summary>Everything a command needs from outside; a test hands in its own.</summary>
internal sealed record RecorderContext(
    TextWriter Out,
    TextWriter Error,
    Stream In,
    TimeProvider Clock,
    Func<string, string?> Environment,
    bool OutIsTerminal)
{
    /// <summary>The options every verb has; one instance, so that a verb reads what the root parsed.</summary>
    public GlobalOptions Global { get; } = new();

    public static RecorderContext OfThisProcess(Stream output, Stream error, CancellationToken stop)
    {
        var terminal = !Console.IsOutputRedirected;
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        return new RecorderContext(
            new StreamWriter(output, utf8) { AutoFlush = terminal },
            new StreamWriter(error, utf8) { AutoFlush = true },
            new StoppableStream(Console.OpenStandardInput(), stop),
            TimeProvider.System,
            System.Environment.GetEnvironmentVariable,
            terminal);
    }
}
