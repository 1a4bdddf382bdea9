using NumaHistory.Schema.Changes;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// One change by name (<c>cpu-offline</c>, <c>memory-shrunk</c> ...): what it happened to, how that was and is, and the
/// ids of the events that prove it. Note: what else is to know of it, such as that boots of this host usually differ by so much.
/// Cause: the change it follows from, by name and subject; null = it stands for itself.
/// </summary>
public sealed record ChangeItem(
    string Name,
    string Subject,
    ChangeValue? Before,
    ChangeValue? After,
    IReadOnlyList<Guid> Proof,
    string? Note = null,
    string? Cause = null);
