namespace NumaHistory.Schema.Fleet;

/// <summary>A stretch, both ends excluded, in which a source of a host took no sample although some were meant to be taken.</summary>
public sealed record Silence(string Source, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a moment lies inside.</summary>
    public bool Covers(DateTimeOffset at) => From < at && at < To;
}
