using NumaHistory.Schema.Contract.ReadModels;

namespace NumaHistory.Query.Rendering;

/// <summary>The changes that a table lists: many that follow from one are counted beside it, so that they do not drown it.</summary>
internal static class Consequences
{
    private const int Few = 3;

    public static IReadOnlyList<ChangeItem> Shown(IReadOnlyList<ChangeItem> changes, Look look)
    {
        var many = look.Wide ? [] : changes.Where(change => change.Cause is not null).GroupBy(change => change.Cause!).Where(of => of.Count() > Few).ToList();
        if (many.Count == 0)
        {
            return changes;
        }

        var counted = many.SelectMany(of => of).ToHashSet(ReferenceEqualityComparer.Instance);
        var causes = many.ToDictionary(of => of.Key, Counted);
        return
        [
            .. changes.Where(change => !counted.Contains(change)).Select(change => causes.Remove(CauseOf(change, causes.Keys) ?? "", out var words)
                ? change with { Note = change.Note is { } note ? $"{note}; {words}" : words }
                : change),
        ];
    }

    // Several causes of one kind are named together, and the first of them tells.
    private static string? CauseOf(ChangeItem change, IEnumerable<string> causes) =>
        causes.FirstOrDefault(cause => cause.Split(", ").Contains($"{change.Name} {change.Subject}"));

    private static string Counted(IEnumerable<ChangeItem> changes) =>
        $"with it: {string.Join(", ", changes.GroupBy(change => change.Name).Select(of => $"{of.Count()} {of.Key}"))}; -o wide lists them";
}
