using NumaHistory.Schema.Memory;

namespace NumaHistory.Query.Reading;

/// <summary>The memory of one cell at one instant, as one source saw it; Interval null: it was a single look.</summary>
internal sealed record CellSample(
    string HostKey, string Source, DateTimeOffset At, TimeSpan? Interval, CellMemory Memory);
