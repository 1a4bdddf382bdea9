using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// Which hosts may have room now for a guest in so many cells, in the order of the best that they can be? More than fit, never fewer: a host that is left
/// out has too few cells with the CPUs and the memory that each guest cell needs.
/// </summary>
internal static class RoomyHosts
{
    /// <summary>In parts, the first of about so many, those after it greater. Whoever asks for no more of them spares the store the rest.</summary>
    public static IEnumerable<IReadOnlyList<RoomyHost>> InOrder(StoreReader store, GuestWish wish, RoomNeed need, int first, CancellationToken cancel)
    {
        var order = new ScoreOrder(wish, need);
        return order.IsByFreeShare ? new LeftFreeHosts(order, first).Parts(question => store.Ask(question, cancel)) : Closest(store, order, first, cancel);
    }

    private static IEnumerable<IReadOnlyList<RoomyHost>> Closest(StoreReader store, ScoreOrder order, int first, CancellationToken cancel)
    {
        for (var (passed, count) = (0L, (long)first); ; (passed, count) = (passed + count, 2 * count))
        {
            var hosts = store.Ask(new ClosestHostsQuestion(order, passed, count), cancel);
            yield return hosts;
            if (hosts.Count < count)
            {
                yield break;
            }
        }
    }
}
