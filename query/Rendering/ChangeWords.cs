using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;

namespace NumaHistory.Query.Rendering;

/// <summary>A named change in words; memory as sizes.</summary>
internal static class ChangeWords
{
    /// <summary>How it was, or is; empty where it was not there.</summary>
    public static string Side(ChangeItem change, ChangeValue? side, Look look) => side switch
    {
        null => "",
        { Number: { } size } when change.Name is ChangeNames.MemoryGrew or ChangeNames.MemoryShrunk =>
            Show.Size(size, look) ?? "",
        _ => side.ToString(),
    };

    /// <summary><c>memory-shrunk cell 3: 64GiB -> 32GiB</c>; only the sides there are, and what is to know of it.</summary>
    public static string Line(ChangeItem change, Look look)
    {
        var (before, after) = (Side(change, change.Before, look), Side(change, change.After, look));
        var sides = before.Length == 0 ? after : after.Length == 0 ? $"was {before}" : $"{before} -> {after}";
        return $"{change.Name} {change.Subject}{(sides.Length > 0 ? ": " : "")}{sides}{(change.Note is { } note ? $" ({note})" : "")}";
    }
}
