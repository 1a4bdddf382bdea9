using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>Another guest that the same event broke, and how.</summary>
public sealed record AlsoItem(string Guest, Verdict Verdict, IReadOnlyList<string> Because);
