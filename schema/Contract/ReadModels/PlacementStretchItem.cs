namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A span of observed time, its end excluded, in which a guest would have fitted or not, null = nobody can tell; the codes of all reasons against it, and the
/// worst of them in words as of the beginning, null where it fits.
/// </summary>
public sealed record PlacementStretchItem(DateTimeOffset From, DateTimeOffset To, bool? Fits, IReadOnlyList<string> Because, string? Text);
