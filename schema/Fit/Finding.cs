namespace NumaHistory.Schema.Fit;

/// <summary>
/// One thing that was found out about a pinning (FIT.md). Code is the row's word; Subject is what it is about (<c>vcpu 0</c>,
/// <c>guest cell 1</c>, <c>cell 2</c>, <c>emulator</c>, <c>iothread 1</c>, <c>device 0000:3b:00.0</c>, <c>guest</c>). Saved is what the pinning
/// says or its context was, Observed what the host is. Text is the whole finding as one plain sentence. Basis names the administrator's list
/// that the rule rests on, null where it rests on the machine alone. Repair is the cheapest remedy in words, null where there is none.
/// </summary>
public sealed record Finding(
    string Code,
    Verdict Verdict,
    string Subject,
    string? Saved,
    string? Observed,
    IReadOnlyList<Guid> Proof,
    string? Repair,
    string Dimension,
    string Text,
    string? Basis = null);
