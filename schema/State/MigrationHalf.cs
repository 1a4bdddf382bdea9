using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.State;

/// <summary>What one host saw of a migration, while it is put together.</summary>
internal sealed class MigrationHalf(string host, bool isDeparture, DateTimeOffset begun)
{
    // A step may be told twice: by an event at once, and by the next look.
    private static readonly TimeSpan SameStep = TimeSpan.FromMinutes(2);

    public string Host { get; } = host;

    public bool IsDeparture { get; } = isDeparture;

    public DateTimeOffset Begun { get; } = begun;

    public DateTimeOffset? Ended { get; private set; }

    public bool HasFailed { get; private set; }

    public bool IsPostCopy { get; private set; }

    public bool HasLostLink { get; private set; }

    public List<Guid> Events { get; } = [];

    public DateTimeOffset Last { get; private set; } = begun;

    /// <summary>Takes a step in; false where it belongs to another migration.</summary>
    public bool Take(Guid id, MigrationPhase phase, DateTimeOffset at)
    {
        if (IsDeparture != Leads(phase, IsDeparture) || (Ended is { } ended && (at - ended > SameStep || IsBeginning(phase))))
        {
            return false;
        }

        Events.Add(id);
        Last = at;
        IsPostCopy |= phase is MigrationPhase.PostCopy or MigrationPhase.PostCopyFailed;
        HasLostLink = phase == MigrationPhase.PostCopyFailed || (HasLostLink && IsBeginning(phase));
        HasFailed |= phase is MigrationPhase.Stayed or MigrationPhase.NotArrived;
        if (phase is MigrationPhase.Left or MigrationPhase.Stayed or MigrationPhase.Arrived or MigrationPhase.NotArrived)
        {
            Ended ??= at;
        }

        return true;
    }

    /// <summary>Whether a step is one of the host that a guest leaves; in post-copy either may be.</summary>
    public static bool Leads(MigrationPhase phase, bool otherwise) => phase switch
    {
        MigrationPhase.Leaving or MigrationPhase.Left or MigrationPhase.Stayed => true,
        MigrationPhase.Arriving or MigrationPhase.Arrived or MigrationPhase.NotArrived => false,
        _ => otherwise,
    };

    private static bool IsBeginning(MigrationPhase phase) => phase is MigrationPhase.Leaving or MigrationPhase.Arriving;
}
