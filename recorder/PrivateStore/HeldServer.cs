using System.Diagnostics;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// A private server for as long as this object lives. Where this program is the last that holds it, disposing comes
/// back when the server is gone. Connection is the driver's connection string.
/// </summary>
internal sealed class HeldServer(string connection, Holding holding, StateFolder state, Process? watcher)
    : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private bool isReleased;

    public string Connection => connection;

    public async ValueTask DisposeAsync()
    {
        if (isReleased)
        {
            return;
        }

        isReleased = true;
        holding.Dispose();
        if (!Holding.IsHeld(state) && !File.Exists(state.Keep))
        {
            using var patience = new CancellationTokenSource(Patience);
            await GoneAsync(patience.Token);
        }

        watcher?.Dispose();
    }

    private async Task GoneAsync(CancellationToken cancel)
    {
        try
        {
            if (watcher is not null)
            {
                await watcher.WaitForExitAsync(cancel);
            }

            while (RunningServer.Find(state.Place.Data) is not null)
            {
                await Task.Delay(25, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The watcher goes on and ends it; nobody has to wait any longer.
        }
    }
}
