using NumaHistory.Schema.Observing;

namespace NumaHistory.Query.Rendering;

/// <summary>What a step of a migration means, in words that follow the guest's name.</summary>
internal static class PhaseWords
{
    public static string Of(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Leaving => "is held for the switch-over to another host",
        MigrationPhase.Left => "went to another host",
        MigrationPhase.Stayed => "stays: its migration failed or was cancelled",
        MigrationPhase.Arriving => "arrives from another host",
        MigrationPhase.Arrived => "has arrived and runs",
        MigrationPhase.NotArrived => "did not arrive: its migration failed or was cancelled",
        MigrationPhase.PostCopy => "is in post-copy: it runs on the target while memory is still on the source",
        _ => "stands still: its post-copy migration lost the link",
    };
}
