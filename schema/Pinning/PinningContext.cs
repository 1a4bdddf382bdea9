using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// The circumstances a pinning was decided in: the fingerprints of the host's structure and capacity, the memory of every cell then
/// (KiB), and the silicon behind each pinned CPU. Null = not known at that moment.
/// </summary>
public sealed record PinningContext(
    Fingerprint? Structure,
    Fingerprint? Capacity,
    IReadOnlyList<CellMemory>? Memory,
    IReadOnlyList<CpuIdentity> Cpus)
{
    /// <summary>The context of pins to those CPUs on a machine.</summary>
    public static PinningContext Of(CpuSet cpus, HostTopology topology, IReadOnlyList<CellMemory>? memory)
    {
        var known = (topology.CpuInfo ?? []).ToDictionary(cpu => cpu.Id);
        return new PinningContext(
            topology.Fingerprint, topology.CapacityFingerprint, memory, [.. cpus.Members().Select(id => Identity(id, known, topology))]);
    }

    private static CpuIdentity Identity(int id, Dictionary<int, CpuInfo> known, HostTopology topology)
    {
        var cpu = known.GetValueOrDefault(id);
        var cell = topology.Cells?.FirstOrDefault(cell => cell.Cpus?.Contains(id) == true)?.Id;
        return new CpuIdentity(
            id, cell, cpu?.Socket, cpu?.Die, cpu?.Core, cpu?.Siblings, cpu?.L3, cpu?.CoreType, cpu?.Model, cpu?.ApicId);
    }
}
