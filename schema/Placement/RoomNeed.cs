using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What a guest in so many cells needs of a host, for the question which hosts may have it: on each of HostCells cells at least so many free and
/// shared CPUs and so much memory (KiB). The most is what its greediest cell takes; whoever bounds a score counts with it. CPUs Most null: its
/// cells differ in kind.
/// </summary>
public sealed record RoomNeed(
    int GuestCells, int HostCells, int FreeCpus, int SharedCpus, long MemoryKiB, int? LeastCpus, int? MostCpus, long MostMemoryKiB, bool CountsPages)
{
    /// <summary>Every number of cells that a placement tries, the fewest first.</summary>
    public static IEnumerable<RoomNeed> Of(GuestWish wish) => HostPlacer.Counts(wish, HostPlacer.MostCells).Select(count => Of(wish, count));

    private static RoomNeed Of(GuestWish wish, int count)
    {
        var needs = Needs.Of(new PlacementGuest(wish.Demands(count, null), wish.Emulator));
        var isShared = wish.Cpu == CpuKind.Shared;
        var isMixed = needs.Any(one => one.Cpus > 0 == isShared);
        return new RoomNeed(
            count,
            wish.AllowSharedCells ? 1 : count,
            needs.Min(one => one.Cpus),
            needs.Min(one => one.Shared),
            needs.Min(one => one.MemoryKiB),
            isMixed ? null : needs.Min(one => isShared ? one.Shared : one.Cpus),
            isMixed ? null : needs.Max(one => isShared ? one.Shared : one.Cpus),
            needs.Max(one => one.MemoryKiB),
            wish.CountsPages);
    }
}
