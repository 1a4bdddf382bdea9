using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NumaHistory.Query;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

using var stop = new CancellationTokenSource();
ExitCode? signalled = null;

void Stop(PosixSignalContext context, ExitCode code)
{
    context.Cancel = true;
    signalled = code;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(
    PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted));
using var terminate = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated));

var around = new Surroundings(
    new BufferedStream(Output(), 32_768),
    Console.Error,
    new StreamReader(new StoppableStream(Console.OpenStandardInput(), stop.Token), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false),
    TimeProvider.System,
    Environment.GetEnvironmentVariable,
    Text,
    !Console.IsOutputRedirected,
    Environment.IsPrivilegedProcess)
{
    BeforeMuchThatStays = Collector.PutOff,
};
var code = Application.Run(args, around, stop.Token);
return (int?)signalled ?? code;

static string? Text(string path)
{
    try
    {
        return File.ReadAllText(path);
    }
    catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
    {
        return null;
    }
    catch (Exception error) when (error is UnauthorizedAccessException or IOException)
    {
        throw new Refusal(
            ExitCode.StoreUnreachable, $"{path} cannot be read: {error.Message}", "name a store with --db", error);
    }
}

// The console's own stream hides a closed pipe, and a FileStream writes at its own offset, which is wrong for a file
// that several programs share.
static Stream Output()
{
    var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
    return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
}
