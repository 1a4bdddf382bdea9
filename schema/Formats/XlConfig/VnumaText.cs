using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.XlConfig;

/// <summary>The NUMA cells a guest sees, in xl's form: each has one host cell, a size, vCPUs and all distances.</summary>
internal static class VnumaText
{
    private const int Local = 10;
    private const int Remote = 20;

    /// <summary>Whether the guest has cells and xl can say all of them.</summary>
    public static bool IsWhole(GuestPins guest) => guest.GuestCells.Count > 0 && guest.GuestCells.All(cell =>
        Node(guest, cell) is not null && cell.MemoryKiB is not null && cell.Vcpus is { IsEmpty: false });

    public static string Of(GuestPins guest) => $"[{string.Join(",\n         ", guest.GuestCells.Select(cell => One(guest, cell)))}]";

    private static string One(GuestPins guest, GuestCell cell) => $"[\"pnode={Node(guest, cell)}\", \"size={XlSize.MiB(cell.MemoryKiB!.Value)}\", "
        + $"\"vcpus={cell.Vcpus}\", \"vdistances={string.Join(',', guest.GuestCells.Select(to => Distance(cell, to.Id)))}\"]";

    private static int? Node(GuestPins guest, GuestCell cell) =>
        (cell.Cells ?? guest.Memory?.Cells) is { Count: 1 } node ? node.First : null;

    private static int Distance(GuestCell from, int to) =>
        from.Distances?.FirstOrDefault(distance => distance.Cell == to)?.Distance ?? (from.Id == to ? Local : Remote);
}
