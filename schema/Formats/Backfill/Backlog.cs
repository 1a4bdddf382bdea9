using NumaHistory.Schema.Formats.Backfill.KernelLogs;
using NumaHistory.Schema.Formats.Backfill.QemuLogs;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Schema.Formats.Backfill;

/// <summary>What was found of the past of one host, by the name it goes by; every list may be empty.</summary>
public sealed record Backlog(string Host)
{
    /// <summary>Runs of its guests, in any order.</summary>
    public IReadOnlyList<QemuRun> Runs { get; init; } = [];

    /// <summary>Pinnings that somebody wrote down, in the order they were.</summary>
    public IReadOnlyList<CommittedPins> Decisions { get; init; } = [];

    /// <summary>Its boots, in any order.</summary>
    public IReadOnlyList<KernelBoot> Boots { get; init; } = [];

    /// <summary>Memory of its cells, in order of time.</summary>
    public IReadOnlyList<MemorySample> Samples { get; init; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Runs.Count == 0 && Decisions.Count == 0 && Boots.Count == 0 && Samples.Count == 0;
}
