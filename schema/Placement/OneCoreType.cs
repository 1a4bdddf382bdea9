using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Hosts with cores of several types: the dedicated vCPUs of one guest are all given the same type, whichever has room, in the order of the CPUs; what
/// is set aside beside them may be of any, and is of another where there is one free. CPUs whose type nobody tells go with any.
/// </summary>
internal static class OneCoreType
{
    /// <summary>The rooms once for each type, with the dedicated CPUs of that type for vCPUs; the rooms themselves where types do not matter.</summary>
    public static IReadOnlyList<PlacementHost> Of(PlacementHost rooms, HostTopology? topology, GuestWish wish)
    {
        var types = wish.Cpu == CpuKind.Shared ? [] : Types(rooms, topology);
        return types.Count < 2 ? [rooms] :
        [
            .. types.Select(type => rooms with
            {
                Cells = [.. rooms.Cells.Select(room => room with { VcpuCpus = Without(room.DedicatedCpus!, types.Where(other => other.Key != type.Key)) })],
            }),
        ];
    }

    /// <summary>The host is rejected: there is room for the guest, but on cores of several types.</summary>
    public static RejectedHost Mixed(PlacementHost rooms, HostTopology? topology) => new(rooms.Name,
    [
        new Finding(
            "core-type-mixed", Verdict.Degraded, "guest", null, string.Join(", ", Types(rooms, topology).Select(type => type.Key)), [],
            "ask for fewer vCPUs, or free more CPUs of one type", FindingCodes.Dimension("core-type-mixed"),
            $"there is room for it on cores of different types only ({string.Join(" and ", Types(rooms, topology).Select(type => type.Key))}); some of them are slower than the guest believes"),
    ]);

    private static CpuSet Without(CpuSet cpus, IEnumerable<KeyValuePair<string, CpuSet>> others) => others.Aggregate(cpus, (left, other) => left.Except(other.Value));

    private static List<KeyValuePair<string, CpuSet>> Types(PlacementHost rooms, HostTopology? topology) =>
    [
        .. (topology?.CpuInfo ?? []).Where(cpu => cpu.CoreType is not null && rooms.Cells.Any(room => room.DedicatedCpus!.Contains(cpu.Id)))
            .GroupBy(cpu => cpu.CoreType!).Select(type => KeyValuePair.Create(type.Key, CpuSet.Of(type.Select(cpu => cpu.Id)))),
    ];
}
