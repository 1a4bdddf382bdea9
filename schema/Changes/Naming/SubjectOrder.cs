using System.Globalization;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Orders subjects of one kind by the first number in them, then by their characters: cell 2 before cell 10.
/// </summary>
internal sealed class SubjectOrder : IComparer<string>
{
    public static readonly SubjectOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var byNumber = Number(x).CompareTo(Number(y));
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x, y);
    }

    private static long Number(string? subject)
    {
        var digits = (subject ?? "").SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
