using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Gives cells other ids, everywhere a topology names them.</summary>
internal static class CellNumbers
{
    public static HostTopology Renumber(HostTopology topology, IReadOnlyList<CellMove> moves)
    {
        if (moves.Count == 0)
        {
            return topology;
        }

        var to = moves.ToDictionary(move => move.From, move => move.To);
        return topology with
        {
            Cells = topology.Cells?.Select(cell => Renumber(cell, to)).OrderBy(cell => cell.Id).ToList(),
            Devices = topology.Devices?
                .Select(device => device with { Cell = device.Cell is { } id ? Now(id, to) : null })
                .ToList(),
        };
    }

    private static Cell Renumber(Cell cell, Dictionary<int, int> to) => cell with
    {
        Id = Now(cell.Id, to),
        Distances = cell.Distances?
            .Select(distance => distance with { Cell = Now(distance.Cell, to) })
            .OrderBy(distance => distance.Cell)
            .ToList(),
    };

    private static int Now(int id, Dictionary<int, int> to) => to.GetValueOrDefault(id, id);
}
