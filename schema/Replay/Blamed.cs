namespace NumaHistory.Schema.Replay;

/// <summary>
/// Since when a guest's pins do not fit, and by what. Step is the stretch that began the verdict in force, null where it fits; LastFitted the
/// end of the last stretch in which it fitted, null if it never did; Event the fact that made the step, null where nothing recorded did (a
/// recorder fell silent); With the other facts of that instant; AlsoBroke the other guests that stepped down at that moment on that host.
/// Ended is when its pinning ended, by EndedBy, and it has none since: Now is then what held up to there; null where it is in force.
/// </summary>
public sealed record Blamed(
    GuestVerdicts Guest,
    VerdictInterval Now,
    VerdictInterval? Step,
    DateTimeOffset? LastFitted,
    HistoryFact? Event,
    IReadOnlyList<HistoryFact> With,
    IReadOnlyList<(GuestVerdicts Guest, VerdictInterval Step)> AlsoBroke,
    DateTimeOffset? Ended = null,
    HistoryFact? EndedBy = null);
