namespace NumaHistory.Schema.Placement;

/// <summary>
/// Cells of which nobody tells how much memory or which page pools they have. Nothing is taken from them as long as others do; a guest that fits only
/// if they have enough is shown to the check of pinnings, which says what is not known.
/// </summary>
internal static class UnknownMemory
{
    private const long Enough = 1L << 50;
    private const long UsualPageKiB = 2048;

    /// <summary>The rooms as if what nobody tells were enough; null = all that the guest asks of them is known.</summary>
    public static PlacementHost? TakenAsEnough(PlacementHost host, GuestWish wish) => host.Cells.All(room => IsKnown(room, wish)) ? null
        : host with { Cells = [.. host.Cells.Select(room => IsKnown(room, wish) ? room : Filled(room, wish))] };

    private static bool IsKnown(CellRoom room, GuestWish wish) => room.MemoryKiB is not null && (room.Pages is not null || !wish.CountsPages);

    private static CellRoom Filled(CellRoom room, GuestWish wish)
    {
        var page = wish.HugePageKiB ?? UsualPageKiB;
        var filled = wish.CountsPages && room.Pages is null ? room with { Pages = [new PageRoom(page, Enough / page)] } : room;
        return room.MemoryKiB is null ? filled with { MemoryKiB = Enough, MemoryUsedKiB = 0 } : filled;
    }
}
