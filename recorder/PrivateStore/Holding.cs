using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// A hold on a server that is to end with its holders, whatever ends them: the kernel closes a pipe even after kill -9.
/// The server's watcher reads the pipe and stops the server at its end. PR_SET_PDEATHSIG would not do: it is tied to
/// the thread that started the child, thread pools end theirs, and it knows one parent only.
/// </summary>
internal sealed class Holding : IDisposable
{
    private readonly SafeFileHandle pipe;
    private readonly SafeFileHandle shared;

    private Holding(SafeFileHandle pipe, SafeFileHandle shared)
    {
        this.pipe = pipe;
        this.shared = shared;
    }

    public static async Task<Holding> TakeAsync(StateFolder state, TimeProvider clock, CancellationToken cancel)
    {
        state.PreparePipe();
        var shared = await StateLock.OpenAsync(state, state.Holders, FileAccess.Read, FileShare.Read, clock, cancel);
        // Opened for reading and writing a pipe never waits for its other end (fifo(7)).
        return new Holding(
            File.OpenHandle(state.Pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), shared);
    }

    /// <summary>Whether some program holds the server now.</summary>
    public static bool IsHeld(StateFolder state)
    {
        try
        {
            using var alone = File.OpenHandle(state.Holders, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        shared.Dispose();
        pipe.Dispose();
    }
}
