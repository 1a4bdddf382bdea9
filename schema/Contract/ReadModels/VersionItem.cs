namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>What a program is and which version of the store it reads.</summary>
public sealed record VersionItem(string Program, string Version, int StoreVersion);
