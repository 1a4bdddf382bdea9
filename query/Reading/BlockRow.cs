namespace NumaHistory.Query.Reading;

/// <summary>A sealed block or an open tail, still encoded.</summary>
internal sealed record BlockRow(
    string HostKey, string Source, DateTimeOffset FirstAt, TimeSpan? Interval, byte[] Payload);
