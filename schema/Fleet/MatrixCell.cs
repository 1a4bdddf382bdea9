using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Fleet;

/// <summary>The verdict on a guest on one host: the key of the host, how it would be there (on its own host: as it is), and the codes of the findings that speak against it, worst first.</summary>
public sealed record MatrixCell(string Host, Situation Situation, Verdict Verdict, IReadOnlyList<string> Codes);
