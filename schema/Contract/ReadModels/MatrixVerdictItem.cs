using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>The verdict on a guest on one host, in a situation (on its own host: as it is), and the codes of the findings that speak against it, worst first.</summary>
public sealed record MatrixVerdictItem(string Host, Situation Situation, Verdict Verdict, IReadOnlyList<string> Codes);
