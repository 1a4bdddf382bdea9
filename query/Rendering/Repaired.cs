using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;

namespace NumaHistory.Query.Rendering;

/// <summary>A verdict and what is proposed.</summary>
internal sealed record Repaired(FitReport Report, string? ManagedBy, RepairAnswer Repair);
