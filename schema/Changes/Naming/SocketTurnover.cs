using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Sockets that went or came with all their CPUs and cells, and sockets whose processor has another number of cores. CPUs that are merely
/// offline hide their cores and tell nothing.
/// </summary>
internal static class SocketTurnover
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var (before, after) = (new Sockets(differing.Before), new Sockets(differing.After));
        if (differing.Before.CpuInfo is null || differing.After.CpuInfo is null)
        {
            return [];
        }

        return
        [
            .. Whole(differing, before, after, differing.Cpus.Gone, differing.After, isLoss: true),
            .. Whole(differing, after, before, differing.Cpus.Added, differing.Before, isLoss: false),
            .. Cores(differing, before, after),
        ];
    }

    private static IEnumerable<TopologyChange> Whole(
        Differing differing, Sockets with, Sockets without, CpuSet turned, HostTopology other, bool isLoss)
    {
        foreach (var socket in with.Ids.Where(socket => without.CpusOf(socket).IsEmpty && without.Ids.Any()).ToList())
        {
            var cpus = with.CpusOf(socket);
            var cells = with.CellsOf(cpus);
            if (cpus.IsSubsetOf(turned) && cells.Count > 0 && cells.All(cell => other.Find(cell.Id) is null))
            {
                var parts = differing.Claim(part => part is { List: "cpuInfo", Key: not "", Field: "" } && cpus.Contains(part.Id));
                ChangeValue text = $"{Count(cpus.Count, "CPU")}, cell{(cells.Count == 1 ? "" : "s")} "
                    + $"{CpuSet.Of(cells.Select(cell => isLoss ? differing.FirstIdOf(cell.Id) : cell.Id))}{Model(with, socket)}";
                if (parts.Count > 0)
                {
                    yield return new TopologyChange(ChangeNames.SocketChanged, $"socket {socket}", isLoss ? text : null, isLoss ? null : text, parts);
                }
            }
        }
    }

    private static IEnumerable<TopologyChange> Cores(Differing differing, Sockets before, Sockets after)
    {
        if (!IsWhole(differing.Before) || !IsWhole(differing.After))
        {
            yield break;
        }

        foreach (var socket in before.Ids.Intersect(after.Ids).ToList())
        {
            if (before.CoresOf(socket) is { } was && after.CoresOf(socket) is { } now && was != now && IsInCellsThatStayed(differing, before, after, socket))
            {
                var cpus = before.CpusOf(socket).Union(after.CpusOf(socket));
                var parts = differing.Claim(part => part.List == "cpuInfo" && part.Key != "" && cpus.Contains(part.Id)
                    && part.Field is "" or "socket" or "model" or "stepping" or "apicId");
                if (parts.Count > 0)
                {
                    yield return new TopologyChange(
                        ChangeNames.SocketChanged, $"socket {socket}", Text(before, socket, was), Text(after, socket, now), parts);
                }
            }
        }
    }

    // What comes or goes with a cell is told by the cell.
    private static bool IsInCellsThatStayed(Differing differing, Sockets before, Sockets after, int socket) =>
        before.CellsOf(before.CpusOf(socket).Intersect(differing.Cpus.Gone)).Any(cell => differing.After.Find(cell.Id) is not null)
        || after.CellsOf(after.CpusOf(socket).Intersect(differing.Cpus.Added)).Any(cell => differing.Before.Find(cell.Id) is not null);

    private static bool IsWhole(HostTopology topology) => topology.Cpus is { Present: { } present, Online: { } online } && present.IsSubsetOf(online);

    private static string Text(Sockets sockets, int socket, int cores) =>
        $"{Count(cores, "core")}, {Count(sockets.CpusOf(socket).Count, "CPU")}{Model(sockets, socket)}";

    private static string Model(Sockets sockets, int socket) => sockets.ModelOf(socket) is { } model ? $", model {model}" : "";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
