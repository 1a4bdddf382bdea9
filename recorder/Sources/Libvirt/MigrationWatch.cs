using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// The steps of migrations among the events of one host. The same words mean a return on the source and an arrival on the target, so what
/// came before is kept until a migration ends.
/// </summary>
internal sealed class MigrationWatch
{
    private readonly Dictionary<string, MigrationPhase> _under = [];

    /// <summary>The step that an event is; null where it is none.</summary>
    public MigrationPhase? Of(LibvirtEvent happened)
    {
        if (happened is not { Kind: LibvirtEventKind.Lifecycle, Uuid: { } uuid })
        {
            return null;
        }

        MigrationPhase? before = _under.TryGetValue(uuid, out var known) ? known : null;
        var phase = Of(happened.What, happened.Detail, before);
        if (phase is MigrationPhase.Leaving or MigrationPhase.Arriving or MigrationPhase.PostCopy or MigrationPhase.PostCopyFailed)
        {
            _under[uuid] = phase.Value;
        }
        else if (phase is not null || happened.What is "stopped" or "started")
        {
            _under.Remove(uuid);
        }

        return phase == before ? null : phase;
    }

    private static MigrationPhase? Of(string? what, string? detail, MigrationPhase? before) => (what, detail) switch
    {
        ("suspended", "migrated") => MigrationPhase.Leaving,
        ("started", "migrated") => MigrationPhase.Arriving,
        ("stopped", "migrated") => MigrationPhase.Left,
        ("stopped", _) when before is MigrationPhase.Arriving => MigrationPhase.NotArrived,
        ("resumed", "migrated") => before is MigrationPhase.Leaving ? MigrationPhase.Stayed : MigrationPhase.Arrived,
        ("suspended" or "resumed", "post-copy") => MigrationPhase.PostCopy,
        ("suspended" or "resumed", "post-copy error" or "post-copy failed") => MigrationPhase.PostCopyFailed,
        _ => null,
    };
}
