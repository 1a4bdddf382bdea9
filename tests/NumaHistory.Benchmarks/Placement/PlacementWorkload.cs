using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Placement;

/// <summary>Hosts and guests of the shapes that Nova was timed with: cells of 32 threads on 16 cores, some of them taken.</summary>
internal static class PlacementWorkload
{
    private const long CellKiB = 256L << 20;

    public static PlacementHost Host(int cells, int cpusPerCell, bool isFull = false) => new(
        "h",
        [
            .. Enumerable.Range(0, cells).Select(cell => new CellRoom(
                cell,
                CpuSet.Range(cell * cpusPerCell, (cell * cpusPerCell) + 3),
                CpuSet.Range((cell * cpusPerCell) + 4, ((cell + 1) * cpusPerCell) - 1),
                isFull ? CpuSet.Range((cell * cpusPerCell) + 6, ((cell + 1) * cpusPerCell) - 1) : CpuSet.Range((cell * cpusPerCell) + 4, (cell * cpusPerCell) + 7),
                8,
                [.. Enumerable.Range(0, cpusPerCell / 2).Select(core => CpuSet.Of((cell * cpusPerCell) + (core * 2), (cell * cpusPerCell) + (core * 2) + 1))],
                CellKiB,
                CellKiB / 4,
                Pages: [new PageRoom(4, CellKiB / 8), new PageRoom(2048, 16_384, 1_024)],
                Socket: cell / 2,
                Distances: [.. Enumerable.Range(0, cells).Select(to => new CellDistance(to, to == cell ? 10 : to / 2 == cell / 2 ? 12 : 21))])),
        ]);

    public static PlacementRequest Pinned(PlacementHost host, int guestCells, int vcpus, SmtPolicy? smt = null) => new(
        host,
        new PlacementGuest([.. Enumerable.Range(0, guestCells).Select(cell => new CellDemand(
            cell, null, CpuSet.Range(cell * vcpus, ((cell + 1) * vcpus) - 1), 4L << 20, Smt: smt))]),
        new PlacementLimits(16, 1.5));

    public static PlacementRequest Shared(PlacementHost host, int vcpus, PageChoice? pages = null) => new(
        host,
        new PlacementGuest([new CellDemand(0, CpuSet.Range(0, vcpus - 1), null, 4L << 20, PageSize: pages)]),
        new PlacementLimits(16, 1.5));
}
