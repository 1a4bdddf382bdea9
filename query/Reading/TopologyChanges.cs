using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

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
        HostState before, HostState after, IReadOnlyList<RecordedFact> facts, SettledMemory settled)
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
            ? [.. TopologyDiff.Between(from, to)
                .Select(change => Item(change, was, now, facts) with { Note = Usual(change, from, to, settled.Of(after.Key, now.Name)) ?? change.Note })]
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
            [.. proof.OfType<IHostFact>().Select(fact => IdOf(fact, facts))],
            Cause: change.Cause);
    }

    private static string? Usual(TopologyChange change, HostTopology from, HostTopology to, IReadOnlyDictionary<int, IReadOnlyList<long>>? settled) =>
        change.Name is ChangeNames.MemoryShrunk or ChangeNames.MemoryGrew
        && change.Subject.StartsWith("cell ", StringComparison.Ordinal) && int.TryParse(change.Subject.AsSpan(5), out var id)
        && from.Find(id)?.MemoryKiB is { } before && to.Find(id)?.MemoryKiB is { } after
        && settled?.GetValueOrDefault(id) is { } totals && UsualDrift.Of(totals) is { } usual
            ? Math.Abs(before - after) <= usual.KiB
                ? $"usual from boot to boot, seen {usual.Boots} times"
                : Math.Abs(before - after) <= UsualDrift.Anywhere(before) ? "as little as kernels differ from boot to boot"
                : $"boots of this host differ by {MemorySize.Human(usual.KiB)} at the most, seen {usual.Boots} times"
            : null;

    // A cell that comes or goes as a whole is a matter of structure; what is in it is not.
    private static bool IsCapacity(TopologyPart part) =>
        (part.List == "cpus" && CapacityMasks.Contains(part.Field))
            || (part.List == "cells" && CapacityFields.Contains(part.Field));

    private static Guid IdOf(IHostFact fact, IReadOnlyList<RecordedFact> facts) =>
        facts.First(recorded => ReferenceEquals(recorded.Fact, fact)).Id;
}
