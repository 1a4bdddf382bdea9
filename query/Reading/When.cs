namespace NumaHistory.Query.Reading;

/// <summary>
/// The moment a question is about. At: observed time, null = now, everything. KnownAt: only what was recorded by then;
/// null = all.
/// </summary>
internal sealed record When(DateTimeOffset? At, DateTimeOffset? KnownAt)
{
    public static readonly When Now = new(null, null);
}
