namespace NumaHistory.Schema.Repair;

/// <summary>How a pinning can be made to fit again, or in one sentence why nothing is proposed. One of the two is null.</summary>
public sealed record RepairAnswer(RepairPlan? Plan, string? Why);
