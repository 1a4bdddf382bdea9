using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Placement;

/// <summary>A host where the guest does not fit, with every reason; the repair of each is the nearest change that would remove it.</summary>
public sealed record RejectedHost(string Host, IReadOnlyList<Finding> Findings);
