using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>One program at a time starts or stops the server of a state folder.</summary>
internal static class StateLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> TakeAsync(StateFolder state, TimeProvider clock, CancellationToken cancel) =>
        await OpenAsync(state, state.Lock, FileAccess.ReadWrite, FileShare.None, clock, cancel);

    /// <summary>Opens a file with the lock that its sharing means, when nobody's lock stands against it.</summary>
    public static async Task<SafeFileHandle> OpenAsync(
        StateFolder state,
        string file,
        FileAccess access,
        FileShare share,
        TimeProvider clock,
        CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(file, FileMode.Open, access, share);
            }
            catch (IOException busy) when (IsBusy(busy))
            {
                await Task.Delay(Pause, clock, cancel);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw state.Unusable(failure);
            }
        }
    }

    // EWOULDBLOCK of flock(2).
    private static bool IsBusy(IOException failure) => failure.HResult == 11;
}
