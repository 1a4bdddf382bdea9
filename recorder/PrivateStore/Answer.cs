namespace NumaHistory.Recorder.PrivateStore;

/// <summary>What a server says to a connection attempt.</summary>
internal enum Answer
{
    Nobody,

    /// <summary>It starts, recovers or stops, and says so.</summary>
    NotNow,

    Ready,
}
