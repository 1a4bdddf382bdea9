using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading;

/// <summary>What changed between two states of a host, with the events that prove it.</summary>
internal static class TopologyChanges
{
    private static readonly string[] CapacityMasks = ["online", "isolated", "nohzFull", "allowed"];
    private static readonly string[] CapacityFields = ["onlineCpus", "memoryKiB", "movableKiB", "pages"];

    /// <summary>
    /// Null where one of the states has no topology. One source is compared with itself where it can be.
    /// </summary>
    public static IReadOnlyList<ChangeItem>? Between(
        HostState before, HostState after, IReadOnlyList<RecordedFact> facts)
    {
        var now = after.InForce;
        var was = now is not null && before.Sources.GetValueOrDefault(now.Name) is { Structure: not null } same
            ? same
            : before.InForce;
        if (was is not null && after.Sources.GetValueOrDefault(was.Name) is { Structure: not null } again)
        {
            now = again;
        }

        return was?.Topology is { } from && now?.Topology is { } to
            ? [.. TopologyDiff.Between(from, to).Select(change => Item(change, was, now, facts))]
            : null;
    }

    private static ChangeItem Item(
        TopologyChange change, SourceState was, SourceState now, IReadOnlyList<RecordedFact> facts)
    {
        var capacity = change.Parts.Any(IsCapacity);
        var structure = change.Moves.Count > 0 || change.Parts.Any(part => !IsCapacity(part));
        IHostFact?[] proof =
        [
            structure && was.Structure != now.Structure ? now.Structure : null,
            capacity && was.Capacity != now.Capacity ? now.Capacity : null,
        ];
        return new ChangeItem(
            change.Name, change.Subject, change.Before, change.After,
            [.. proof.OfType<IHostFact>().Select(fact => IdOf(fact, facts))]);
    }

    // A cell that comes or goes as a whole is a matter of structure; what is in it is not.
    private static bool IsCapacity(TopologyPart part) =>
        (part.List == "cpus" && CapacityMasks.Contains(part.Field))
            || (part.List == "cells" && CapacityFields.Contains(part.Field));

    private static Guid IdOf(IHostFact fact, IReadOnlyList<RecordedFact> facts) =>
        facts.First(recorded => ReferenceEquals(recorded.Fact, fact)).Id;
}
