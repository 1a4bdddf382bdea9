namespace NumaHistory.Schema.Changes;

/// <summary>What was the cell <c>From</c> is the cell <c>To</c>.</summary>
public readonly record struct CellMove(int From, int To);
