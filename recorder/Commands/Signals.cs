using System.Runtime.InteropServices;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>Turns the first SIGINT or SIGTERM into a cancellation; a second one ends the process at once, as the kernel would.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PosixSignalRegistration[] registrations;
    private int received;

    public Signals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated)),
    ];

    public CancellationToken Stopping => stopping.Token;

    public ExitCode Code => received == 0 ? ExitCode.Interrupted : (ExitCode)received;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        stopping.Dispose();
    }

    private void Stop(PosixSignalContext signal, ExitCode code)
    {
        if (Interlocked.CompareExchange(ref received, (int)code, 0) == 0)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
