using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Hosts with cores of several types: the dedicated vCPUs of one guest are all given the same type, whichever has room, in the order of the CPUs. CPUs
/// whose type nobody tells go with any.
/// </summary>
internal static class OneCoreType
{
    /// <summary>The rooms once for each type, with the dedicated CPUs of that type alone; the rooms themselves where types do not matter.</summary>
    public static IReadOnlyList<PlacementHost> Of(PlacementHost rooms, HostTopology? topology, GuestWish wish)
    {
        var types = wish.Cpu == CpuKind.Shared ? [] : Types(rooms, topology);
        return types.Count < 2 ? [rooms] :
        [
            .. types.Select(type => rooms with
            {
                Cells = [.. rooms.Cells.Select(room => room with { DedicatedCpus = Without(room.DedicatedCpus!, types.Where(other => other.Key != type.Key)) })],
            }),
        ];
    }

    /// <summary>The candidate with its score counted over CPUs of every type, as that of any other guest is.</summary>
    public static PlacedCandidate Counted(PlacedCandidate candidate, PlacementHost ofType, PlacementHost rooms)
    {
        if (ReferenceEquals(ofType, rooms) || candidate.ScoreParts is not { } parts)
        {
            return candidate;
        }

        var counted = parts with
        {
            Cells =
            [
                .. parts.Cells.Select(left =>
                {
                    var (all, some) = (Room(rooms, left.HostCell), Room(ofType, left.HostCell));
                    var others = all.DedicatedCpus!.Except(some.DedicatedCpus!).CountExcept(all.UsedDedicatedCpus!);
                    return left with { CpusLeft = left.CpusLeft + others, Cpus = all.DedicatedCpus!.Count };
                }),
            ],
        };
        return candidate with { Score = counted.Score, ScoreParts = counted };
    }

    /// <summary>The host is rejected: there is room for the guest, but on cores of several types.</summary>
    public static RejectedHost Mixed(PlacementHost rooms, HostTopology? topology) => new(rooms.Name,
    [
        new Finding(
            "core-type-mixed", Verdict.Degraded, "guest", null, string.Join(", ", Types(rooms, topology).Select(type => type.Key)), [],
            "ask for fewer vCPUs, or free more CPUs of one type", FindingCodes.Dimension("core-type-mixed"),
            $"there is room for it on cores of different types only ({string.Join(" and ", Types(rooms, topology).Select(type => type.Key))}); some of them are slower than the guest believes"),
    ]);

    private static CellRoom Room(PlacementHost host, int cell) => host.Cells.First(room => room.Id == cell);

    private static CpuSet Without(CpuSet cpus, IEnumerable<KeyValuePair<string, CpuSet>> others) => others.Aggregate(cpus, (left, other) => left.Except(other.Value));

    private static List<KeyValuePair<string, CpuSet>> Types(PlacementHost rooms, HostTopology? topology) =>
    [
        .. (topology?.CpuInfo ?? []).Where(cpu => cpu.CoreType is not null && rooms.Cells.Any(room => room.DedicatedCpus!.Contains(cpu.Id)))
            .GroupBy(cpu => cpu.CoreType!).Select(type => KeyValuePair.Create(type.Key, CpuSet.Of(type.Select(cpu => cpu.Id)))),
    ];
}
