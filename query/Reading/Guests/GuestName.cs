namespace NumaHistory.Query.Reading.Guests;

/// <summary>A guest as somebody may name it; Host is the name of the one it is on.</summary>
internal sealed record GuestName(Guid Id, string Name, string? Host);
