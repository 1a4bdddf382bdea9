using System.Text.Json.Serialization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// A host where a guest would fit, and how: a cell for every guest cell, in their order. Score is 0 to 100 by the policy that was asked
/// for, the most is the best (see ScoreParts); null where a document does not say it. Exclusive and Smt are what was asked of the
/// CPUs, so that whoever accepts the candidate is given them; null = not told.
/// </summary>
public sealed record PlacedCandidate(string Host, IReadOnlyList<PlacedCell>? Cells, double? Score = null, bool? Exclusive = null, SmtPolicy? Smt = null)
{
    /// <summary>Where the emulator's threads were asked to run: isolate = on a CPU that nobody else may have; null = not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmulatorPolicy? EmulatorThreads { get; init; }

    /// <summary>Devices of the host that the guest is given, so that whoever accepts the candidate records them; null = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? HostDevices { get; init; }

    /// <summary>The guest's I/O threads and their CPUs, as for the devices; null = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IothreadPin>? Iothreads { get; init; }

    /// <summary>The host cells whose free memory, or free pages, nobody tells: what is not promised there counts as free; null = all are known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CpuSet? FreeUnknown { get; init; }

    /// <summary>What the score is made of; null = not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreParts? ScoreParts { get; init; }
}
