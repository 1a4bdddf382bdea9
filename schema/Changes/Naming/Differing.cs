using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Two topologies, cells already renumbered, and the places at which they differ that no change has claimed yet.
/// </summary>
internal sealed class Differing(
    HostTopology before, HostTopology after, IReadOnlyList<CellMove> moves, IEnumerable<TopologyPart> parts)
{
    private List<TopologyPart> _left = [.. parts];

    public HostTopology Before { get; } = before;

    public HostTopology After { get; } = after;

    public CpuTurnover Cpus { get; } = CpuTurnover.Between(before, after);

    public IReadOnlyList<TopologyPart> Left => _left;

    /// <summary>Takes the places for one change; nobody else gets them.</summary>
    public IReadOnlyList<TopologyPart> Claim(Func<TopologyPart, bool> which)
    {
        var claimed = _left.Where(which).ToList();
        if (claimed.Count > 0)
        {
            _left = _left.Where(part => !which(part)).ToList();
        }

        return claimed;
    }

    /// <summary>The id a cell had before any renumbering.</summary>
    public int FirstIdOf(int cell) =>
        moves.Where(move => move.To == cell).Select(move => (int?)move.From).FirstOrDefault() ?? cell;
}
