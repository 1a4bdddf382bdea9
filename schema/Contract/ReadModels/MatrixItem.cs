using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A guest on every host, <c>numa-history fit --matrix</c>: the host it is on now, the names of those where it fits, the verdict on each with
/// the codes that speak against it, and the whole report of the nearest miss; null = it fits everywhere.
/// </summary>
public sealed record MatrixItem(
    string Guest, Guid Uuid, string? Host, IReadOnlyList<string> Fits, IReadOnlyList<MatrixVerdictItem> Verdicts, FitReport? Nearest);
