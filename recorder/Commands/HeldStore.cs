namespace NumaHistory.Recorder.Commands;

/// <summary>A store that can be used until this is disposed. Connection is the driver's connection string.</summary>
internal sealed record HeldStore(string Connection, IAsyncDisposable? Server) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
