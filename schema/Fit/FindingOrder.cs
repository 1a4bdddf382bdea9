namespace NumaHistory.Schema.Fit;

/// <summary>Findings as reports show them: worst first, then by code, subject, what was saved, text, and what was observed.</summary>
internal sealed class FindingOrder : IComparer<Finding>
{
    public static readonly FindingOrder Instance = new();

    public int Compare(Finding? x, Finding? y)
    {
        if (x is null || y is null)
        {
            return x is null ? y is null ? 0 : -1 : 1;
        }

        return y.Verdict.CompareTo(x.Verdict) is not 0 and var byVerdict ? byVerdict
            : FindingCodes.Order(x.Code).CompareTo(FindingCodes.Order(y.Code)) is not 0 and var byCode ? byCode
            : SubjectOrder.Instance.Compare(x.Subject, y.Subject) is not 0 and var bySubject ? bySubject
            : string.CompareOrdinal(x.Saved, y.Saved) is not 0 and var bySaved ? bySaved
            : string.CompareOrdinal(x.Text, y.Text) is not 0 and var byText ? byText
            : string.CompareOrdinal(x.Observed, y.Observed);
    }
}
