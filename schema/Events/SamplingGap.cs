namespace NumaHistory.Schema.Events;

/// <summary>
/// No sample exists between two instants although the recorder was meant to take some; both ends are the samples that do
/// exist. Reason is a word: <c>stall</c> (the recorder ran, but not in time), <c>stopped</c> (no recorder ran), <c>dropped</c>
/// (too much waited for the store). ObservedAt is the far end.
/// </summary>
public sealed record SamplingGap(
    string Host,
    string Source,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    DateTimeOffset ObservedAt) : IHostFact;
