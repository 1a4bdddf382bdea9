namespace NumaHistory.Query.Reading.Placing;

/// <summary>A host that may have room, and the most that its score can be there, in tenths.</summary>
internal sealed record RoomyHost(string Key, string Name, long MostTenths);
