using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>version and --version.</summary>
internal static class VersionCommand
{
    /// <summary>The version of this program.</summary>
    public static string Version =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static Command Build(RecorderContext context) =>
        new("version", "The version of this program") { Action = new Print(context) };

    internal sealed class Print(RecorderContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            context.Out.WriteLine($"numa-recorder {Version}");
            return (int)ExitCode.Yes;
        }
    }
}
