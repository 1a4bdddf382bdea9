using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>Something seen that has not reached the store yet. Samples may be dropped when there are too many; nothing else may.</summary>
internal abstract record Waiting
{
    private Waiting()
    {
    }

    /// <summary>A whole look that differs from the last one.</summary>
    internal sealed record Look(Observation Observation) : Waiting;

    /// <summary>The guests of a host, all of them, of which one or more changed.</summary>
    internal sealed record Guests(Observation Observation) : Waiting;

    /// <summary>The memory of every cell at one instant.</summary>
    internal sealed record Sample(MemorySample Memory, BlockContext Context) : Waiting;

    /// <summary>A step of a guest's migration.</summary>
    internal sealed record Migrating(string Guest, string Uuid, MigrationPhase Phase, DateTimeOffset At) : Waiting;

    /// <summary>The source stopped answering.</summary>
    internal sealed record Failure(DateTimeOffset At, string Reason) : Waiting;

    /// <summary>No sample exists between two that do.</summary>
    internal sealed record Gap(DateTimeOffset From, DateTimeOffset To, string Reason) : Waiting;

    /// <summary>Samples were here and had to be given up; the writer makes a gap of it once it knows the sample that follows.</summary>
    internal sealed record Dropped(DateTimeOffset First, int Count) : Waiting;
}
