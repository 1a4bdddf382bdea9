using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>What a connection says of its host, guests and memory aside.</summary>
/// <param name="Topology">Null where the driver tells of no cells.</param>
/// <param name="HasCells">Whether the driver knows cells, so that it can be asked for their memory.</param>
/// <param name="Cpus">Every CPU that is listed; null where none is.</param>
/// <param name="CpuNumbers">How many CPU numbers a map of this host has.</param>
internal sealed record HostReading(
    HostTopology? Topology,
    bool HasCells,
    CpuSet? Cpus,
    int CpuNumbers,
    string? Architecture,
    string? ProductUuid,
    HostSettings? Settings,
    IReadOnlyList<Problem> Problems,
    IReadOnlyDictionary<string, string> Raw);
