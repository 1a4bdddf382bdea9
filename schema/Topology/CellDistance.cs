namespace NumaHistory.Schema.Topology;

/// <summary>The distance to another cell as the firmware's SLIT says it: 10 = local, 255 = unreachable. Not always symmetric.</summary>
public sealed record CellDistance(int Cell, int Distance);
