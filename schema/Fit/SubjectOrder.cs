using System.Globalization;

namespace NumaHistory.Schema.Fit;

/// <summary>Subjects in the order people count: vcpu 2 before vcpu 10.</summary>
internal sealed class SubjectOrder : IComparer<string>
{
    public static readonly SubjectOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (leftWord, leftNumber) = Split(x ?? "");
        var (rightWord, rightNumber) = Split(y ?? "");
        var byWord = string.CompareOrdinal(leftWord, rightWord);
        var byNumber = leftNumber.CompareTo(rightNumber);
        return byWord != 0 ? byWord : byNumber != 0 ? byNumber : string.CompareOrdinal(x, y);
    }

    private static (string Word, long Number) Split(string subject)
    {
        var blank = subject.LastIndexOf(' ');
        return blank >= 0 && long.TryParse(subject.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (subject[..blank], number)
            : (subject, -1);
    }
}
