using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>The CPUs of every socket that a topology knows, and the cells and cores that hold them.</summary>
internal sealed class Sockets(HostTopology topology)
{
    private readonly Dictionary<int, CpuSet> _cpus = (topology.CpuInfo ?? [])
        .Where(cpu => cpu.Socket is not null)
        .GroupBy(cpu => cpu.Socket!.Value)
        .ToDictionary(socket => socket.Key, socket => CpuSet.Of(socket.Select(cpu => cpu.Id)));

    public IEnumerable<int> Ids => _cpus.Keys.Order();

    public CpuSet CpusOf(int socket) => _cpus.GetValueOrDefault(socket, CpuSet.Empty);

    /// <summary>The cells that hold some of these CPUs.</summary>
    public IReadOnlyList<Cell> CellsOf(CpuSet cpus) =>
        [.. (topology.Cells ?? []).Where(cell => cell.Cpus is { } held && !held.Intersect(cpus).IsEmpty)];

    /// <summary>The sockets that some of these CPUs are in.</summary>
    public int CountOf(CpuSet cpus) => _cpus.Values.Count(socket => !socket.Intersect(cpus).IsEmpty);

    /// <summary>The cores of a socket; null where they are not known of every CPU.</summary>
    public int? CoresOf(int socket)
    {
        var siblings = topology.CpuInfo!.Where(cpu => cpu.Socket == socket).Select(cpu => cpu.Siblings).ToList();
        return siblings.Contains(null) ? null : siblings.DistinctBy(set => set!.ToString()).Count();
    }

    /// <summary>The one model of a socket's CPUs; null = not known, or several.</summary>
    public string? ModelOf(int socket) =>
        topology.CpuInfo!.Where(cpu => cpu.Socket == socket).Select(cpu => cpu.Model).Distinct().ToList() is [var one] ? one : null;
}
