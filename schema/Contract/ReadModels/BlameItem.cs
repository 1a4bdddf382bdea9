using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// Since when a guest's pins do not fit and which event broke them, <c>numa-history blame</c>. Since and Event are those of the step down to the verdict in
/// force, null where it fits; LastFitted null = never since it was first seen. Changes name what the event changed, Settings what changed with it
/// on the host, Also the other guests that stepped down with it. Ended = its pinning ended then, by EndedBy, and everything else is what held up to
/// there; null where it is in force.
/// </summary>
public sealed record BlameItem(
    string Guest,
    string Host,
    Verdict Verdict,
    DateTimeOffset? Since,
    DateTimeOffset? LastFitted,
    BlameEvent? Event,
    IReadOnlyList<BlameEvent> With,
    IReadOnlyList<ChangeItem> Changes,
    IReadOnlyList<SettingItem> Settings,
    IReadOnlyList<AlsoItem> Also,
    IReadOnlyList<Finding> Findings,
    DateTimeOffset? Ended,
    BlameEvent? EndedBy);
