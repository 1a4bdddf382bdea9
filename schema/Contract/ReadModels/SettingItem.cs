namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>A setting of a host that changed: its name as in Observation.hostSettings, or <c>bootId</c>.</summary>
public sealed record SettingItem(string Name, string? Before, string? After);
