using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Collects problems; of many that say the same of different files the first are kept and the rest counted.
/// </summary>
internal sealed class ProblemList
{
    private const int Kept = 50;
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string path, int? line, string what, string? kind = null)
    {
        var count = _counts.GetValueOrDefault(kind ?? what) + 1;
        _counts[kind ?? what] = count;
        if (count <= Kept)
        {
            _problems.Add(new Problem(path, line, what));
        }
    }

    public IReadOnlyList<Problem> ToList()
    {
        var rest = _counts.Where(kind => kind.Value > Kept).Select(kind =>
            new Problem("", null, $"{kind.Value - Kept} more files: {kind.Key}"));
        return [.. _problems, .. rest];
    }
}
