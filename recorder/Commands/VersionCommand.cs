using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>version and --version.</summary>
internal static class VersionCommand
{
    public static Command Build(RecorderContext context) =>
        new("version", "The version of this program") { Action = new Print(context) };

    internal sealed class Print(RecorderContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            context.Out.WriteLine($"numa-recorder {version?.InformationalVersion}");
            return (int)ExitCode.Yes;
        }
    }
}
