using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Fleet;

/// <summary>An interval in which a thread of a guest was pinned so.</summary>
public sealed record HeldPin(Guid Guest, string Name, PinInterval Pin);
