namespace NumaHistory.Recorder.Sampling;

/// <summary>Observed time has milliseconds; anything finer would not survive being written down.</summary>
internal static class Instant
{
    public static DateTimeOffset Of(TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
