namespace NumaHistory.Query.Commands;

/// <summary>How long the store may still take. It can be set aside while somebody else is waited for.</summary>
internal sealed class Patience(CancellationTokenSource source, TimeSpan limit)
{
    /// <summary>From now on the store has the whole limit.</summary>
    public void Begin() => source.CancelAfter(limit);

    /// <summary>From now on nobody waits for the store.</summary>
    public void Pause() => source.CancelAfter(Timeout.InfiniteTimeSpan);
}
