using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Tells changes that follow from another one: what went with a cell or a socket, and what a socket that was cut into other cells does to the
/// cells it had.
/// </summary>
internal static class Causes
{
    public static IEnumerable<TopologyChange> Mark(IReadOnlyList<TopologyChange> changes, Differing differing)
    {
        var cuts = changes.Where(change => change.Name == ChangeNames.CellsPerSocketChanged).ToList();
        var sockets = changes.Where(change => change.Name == ChangeNames.SocketChanged && change.Subject.StartsWith("socket ", StringComparison.Ordinal)).ToList();
        var cells = changes.Where(change => change.Name is ChangeNames.CellGone or ChangeNames.CellAdded).ToList();
        var isMemoryThere = IsMemoryThere(differing);
        return changes.Select(change => change with
        {
            Cause = cuts.Contains(change) || sockets.Contains(change) ? null
                : cuts.Count > 0 && IsOfCut(change, isMemoryThere) ? Text(cuts)
                : sockets.Count > 0 && IsOfSockets(change, sockets, differing) ? Text(sockets)
                : cells.Count > 0 && IsOfCells(change, cells, differing) ? Text(cells)
                : null,
        });
    }

    private static bool IsOfCut(TopologyChange change, bool isMemoryThere) => change.Name switch
    {
        ChangeNames.CellGone or ChangeNames.CellAdded or ChangeNames.DistancesChanged or ChangeNames.GroupChanged or ChangeNames.CellChanged => true,
        ChangeNames.MemoryGrew or ChangeNames.MemoryShrunk or ChangeNames.PagesChanged => isMemoryThere,
        ChangeNames.CpuChanged => change.Parts.All(part => part.Field is "l3" or "die" or "cluster" or "core"),
        ChangeNames.DeviceChanged => change.Parts.All(part => part.Field == "cell"),
        _ => false,
    };

    private static bool IsOfSockets(TopologyChange change, List<TopologyChange> sockets, Differing differing)
    {
        var cpus = CpuSet.Of(sockets.SelectMany(socket => socket.Parts).Select(part => part.Id));
        return change.Name switch
        {
            ChangeNames.CpuGone => differing.Cpus.Gone.IsSubsetOf(cpus),
            ChangeNames.CpuAdded => differing.Cpus.Added.IsSubsetOf(cpus),
            ChangeNames.CellGone => IsOf(differing.Before, change, cpus),
            ChangeNames.CellAdded => IsOf(differing.After, change, cpus),
            ChangeNames.DeviceChanged => IsInCells(change, Cells(differing.Before, cpus), Cells(differing.After, cpus)),
            ChangeNames.CpuChanged or ChangeNames.CpuMoved => change.Parts.All(part => cpus.Contains(CpuOf(part))),
            _ => false,
        };
    }

    private static bool IsOfCells(TopologyChange change, List<TopologyChange> cells, Differing differing)
    {
        var gone = Ids(cells, ChangeNames.CellGone);
        var added = Ids(cells, ChangeNames.CellAdded);
        return change.Name switch
        {
            ChangeNames.CpuGone => differing.Cpus.Gone.IsSubsetOf(Cpus(differing.Before, gone)),
            ChangeNames.CpuAdded => differing.Cpus.Added.IsSubsetOf(Cpus(differing.After, added)),
            ChangeNames.DeviceChanged => IsInCells(change, gone, added),
            _ => false,
        };
    }

    // The whole device went with its cell, or came with it.
    private static bool IsInCells(TopologyChange change, CpuSet gone, CpuSet added) => change.Parts is [{ Field: "" } whole]
        && (whole.After is null ? IsIn(whole.Before!, gone) : whole.Before is null && IsIn(whole.After, added));

    private static bool IsIn(string device, CpuSet cells) =>
        System.Text.Json.Nodes.JsonNode.Parse(device)!["cell"]?.GetValue<int>() is { } cell && cells.Contains(cell);

    private static int CpuOf(TopologyPart part) => part.List == "cpuInfo" ? part.Id
        : int.TryParse(part.Sub, System.Globalization.CultureInfo.InvariantCulture, out var cpu) ? cpu : -1;

    private static bool IsOf(HostTopology topology, TopologyChange change, CpuSet cpus) =>
        topology.Find(change.Parts.First(part => part.Field == "").Id)?.Cpus is { IsEmpty: false } held && held.IsSubsetOf(cpus);

    private static CpuSet Ids(List<TopologyChange> cells, string name) =>
        CpuSet.Of(cells.Where(cell => cell.Name == name).Select(cell => cell.Parts.First(part => part.Field == "").Id));

    private static CpuSet Cpus(HostTopology topology, CpuSet cells) => (topology.Cells ?? []).Where(cell => cells.Contains(cell.Id))
        .Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus ?? CpuSet.Empty));

    private static CpuSet Cells(HostTopology topology, CpuSet cpus) =>
        CpuSet.Of((topology.Cells ?? []).Where(cell => cell.Cpus is { IsEmpty: false } held && held.IsSubsetOf(cpus)).Select(cell => cell.Id));

    // Less than a module is gone.
    private static bool IsMemoryThere(Differing differing) =>
        Sum(differing.Before) is not { } was || Sum(differing.After) is not { } now || Math.Abs(was - now) < was / 32;

    private static long? Sum(HostTopology topology) => topology.Cells?.Sum(cell => cell.MemoryKiB ?? 0);

    private static string Text(List<TopologyChange> causes) => string.Join(", ", causes.Select(cause => $"{cause.Name} {cause.Subject}"));
}
