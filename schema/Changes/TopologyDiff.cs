using NumaHistory.Schema.Changes.Naming;
using NumaHistory.Schema.Changes.Parts;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What changed between two topologies, by name. Applied to the first, the changes give the second exactly (law 1):
/// each place that differs belongs to one change, and what no rule can name is listed field by field.
/// </summary>
public static class TopologyDiff
{
    // Earlier rules claim first: a cause comes before what could be taken for a change of its own.
    private static readonly Func<Differing, IEnumerable<TopologyChange>>[] Rules =
    [
        UnknownChanges.Name, CellsPerSocketChanges.Name, SocketTurnover.Name, CellChanges.Name, SmtChanges.Name, CpuChanges.Name,
        CpuMoves.Name, SocketChanges.Name, GroupChanges.Name, MemoryChanges.Name, PageChanges.Name, DistanceChanges.Name, MaskChanges.Name,
        DeviceChanges.Name, RestChanges.Name,
    ];

    /// <summary>
    /// The changes that turn one topology into another: first what stands for itself, then what follows from another change; each in the order of
    /// <see cref="ChangeNames.All"/>, then by subject.
    /// </summary>
    public static IReadOnlyList<TopologyChange> Between(HostTopology before, HostTopology after)
    {
        var renumbered = RenumberedCells.Name(before, after).ToList();
        var moves = renumbered.SelectMany(change => change.Moves).ToList();
        var aligned = CellNumbers.Renumber(before, moves);
        var parts = PartFinder.Between(TopologyJson.Of(aligned), TopologyJson.Of(after));
        var differing = new Differing(aligned, after, moves, parts);
        return
        [
            .. Causes.Mark([.. renumbered.Concat(Rules.SelectMany(rule => rule(differing)))], differing)
                .OrderBy(change => change.Cause is not null)
                .ThenBy(change => ChangeNames.All.ToList().IndexOf(change.Name))
                .ThenBy(change => change.Subject, SubjectOrder.Instance),
        ];
    }

    /// <summary>
    /// The topology with the changes made, in any order; they must have been found from this topology.
    /// </summary>
    public static HostTopology Apply(HostTopology before, IEnumerable<TopologyChange> changes)
    {
        var all = changes.ToList();
        var root = TopologyJson.Of(CellNumbers.Renumber(before, all.SelectMany(change => change.Moves).ToList()));
        PartWriter.Write(root, all.SelectMany(change => change.Parts));
        return TopologyJson.Read(root);
    }
}
