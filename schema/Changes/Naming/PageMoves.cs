using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>What memory became when pools of huge pages hold other numbers of pages: from which size to which, or from and to base pages.</summary>
internal static class PageMoves
{
    /// <summary>In words, from sizes in KiB and the pages each gained.</summary>
    public static string? Text(IReadOnlyList<(long SizeKiB, long Gained)> pools)
    {
        var gains = Waiting(pools.Where(pool => pool.Gained > 0));
        var losses = Waiting(pools.Where(pool => pool.Gained < 0));
        var moves = new List<string>();
        while (gains.TryPeek(out var gain) || losses.TryPeek(out _))
        {
            var hasLoss = losses.TryPeek(out var loss);
            var moved = gain.KiB == 0 ? loss.KiB : hasLoss ? Math.Min(gain.KiB, loss.KiB) : gain.KiB;
            moves.Add($"{MemorySize.Human(moved)} of {Pages(hasLoss ? loss.SizeKiB : null)} became {Pages(gain.KiB == 0 ? null : gain.SizeKiB)}");
            Take(gains, moved);
            Take(losses, moved);
        }

        return moves.Count == 0 ? null : string.Join(", ", moves);
    }

    private static Stack<(long SizeKiB, long KiB)> Waiting(IEnumerable<(long SizeKiB, long Gained)> pools) =>
        new(pools.OrderByDescending(pool => pool.SizeKiB).Select(pool => (pool.SizeKiB, Math.Abs(pool.Gained) * pool.SizeKiB)));

    private static void Take(Stack<(long SizeKiB, long KiB)> pools, long moved)
    {
        if (pools.TryPop(out var pool) && pool.KiB > moved)
        {
            pools.Push((pool.SizeKiB, pool.KiB - moved));
        }
    }

    private static string Pages(long? sizeKiB) => sizeKiB is { } size ? $"{MemorySize.Human(size)} pages" : "base pages";
}
