namespace NumaHistory.Query.Reading;

/// <summary>
/// The stretch [From, To) that a trend covers, the length of its steps, and the figures wanted of each.
/// </summary>
internal sealed record MemorySpan(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, IReadOnlyList<string> Figures)
{
    public static readonly IReadOnlyList<string> AllFigures = ["min", "avg", "max", "p05"];

    public long? Wants(string figure, long value) => Figures.Contains(figure) ? value : null;
}
