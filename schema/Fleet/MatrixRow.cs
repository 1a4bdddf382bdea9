using NumaHistory.Schema.Fit;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// A guest on every host that was asked for, each as if it were the only one to move. Nearest = where it does not fit and least speaks against
/// it; null = it fits everywhere.
/// </summary>
public sealed record MatrixRow(GuestState Guest, IReadOnlyList<MatrixCell> Hosts, FitReport? Nearest);
