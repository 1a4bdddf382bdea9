namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// How long to leave a host alone after it could not be reached: 1 s, then twice as long each time, at most 10 s.
/// </summary>
internal sealed class Backoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;
    private long _failedAt;
    private TimeSpan _pause;

    /// <summary>How long it is until the next attempt; zero when there may be one now.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = _pause - clock.GetElapsedTime(_failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Failed()
    {
        _failedAt = clock.GetTimestamp();
        _pause = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }

    public void Succeeded()
    {
        _next = First;
        _pause = TimeSpan.Zero;
    }
}
