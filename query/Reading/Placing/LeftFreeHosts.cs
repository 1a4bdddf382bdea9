namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The hosts whose best cells are left with least (pack) or most (spread), in that order. Cells are read from the best on, with the others of their
/// hosts where the guest needs several, and a host is told when none of which no cell is read yet can be better.
/// </summary>
internal sealed class LeftFreeHosts(ScoreOrder order, int first, int? cellsPerKind = null)
{
    // Asked again for few more, the store has more work than with some too many.
    private const int LeastPerKind = 64;
    private const int LeastPerKindOfSeveral = 256;
    private const int Growth = 2;

    private readonly FreeShare _share = new(order);
    private readonly Dictionary<string, RoomyHost?> _hosts = [];
    private readonly HashSet<string> _told = [];

    public IEnumerable<IReadOnlyList<RoomyHost>> Parts(Func<FreeShareQuestion, IReadOnlyList<RoomyCell>> ask)
    {
        for (var perKind = cellsPerKind ?? Math.Max(order.Need.HostCells > 1 ? LeastPerKindOfSeveral : LeastPerKind, 2 * first); ; perKind *= Growth)
        {
            var cells = ask(_share.Column is { } column ? FreeShareQuestion.Best(order, _share, column, perKind) : FreeShareQuestion.All(order));
            var unread = Unread(cells, perKind);
            Add(cells, unread, ask);
            var hosts = Known(unread).ToList();
            for (var (at, size) = (0, first); at < hosts.Count; (at, size) = (at + size, 2 * size))
            {
                yield return hosts[at..Math.Min(hosts.Count, at + size)];
            }

            if (unread is null)
            {
                yield break;
            }
        }
    }

    // The best that a cell which is not read can be, in tenths, null = all are read.
    private long? Unread(IReadOnlyList<RoomyCell> cells, int perKind) => _share.Column is null
        ? null
        : cells.GroupBy(cell => cell.Kind).Where(kind => kind.Count() >= perKind).Select(kind => (long?)Tenths(_share.After(kind.Last()))).Max();

    private void Add(IReadOnlyList<RoomyCell> cells, long? unread, Func<FreeShareQuestion, IReadOnlyList<RoomyCell>> ask)
    {
        var hosts = cells.Select(cell => cell.Host).Where(host => !_hosts.ContainsKey(host)).Distinct().ToList();
        var isWhole = order.Need.HostCells == 1 || _share.Column is null;
        foreach (var host in (isWhole ? cells : hosts.Count == 0 ? [] : ask(FreeShareQuestion.Of(order, hosts))).GroupBy(cell => cell.Host))
        {
            _hosts[host.Key] = Of([.. host]);
        }
    }

    // Of the best cells, as many as the guest needs. Null: it has fewer.
    private RoomyHost? Of(List<RoomyCell> cells)
    {
        var left = cells.ConvertAll(_share.Of);
        left.Sort();
        if (!order.IsPack)
        {
            left.Reverse();
        }

        return left.Count < order.Need.HostCells ? null : new RoomyHost(cells[0].Host, cells[0].Name, Tenths(left.Take(order.Need.HostCells).Average()));
    }

    // Of hosts with as many tenths the name decides, so all of them have to be there.
    private IEnumerable<RoomyHost> Known(long? unread) => _hosts.Values
        .OfType<RoomyHost>()
        .Where(host => (unread is null || host.MostTenths > unread) && _told.Add(host.Key))
        .OrderByDescending(host => host.MostTenths).ThenBy(host => host.Name, StringComparer.Ordinal).ThenBy(host => host.Key, StringComparer.Ordinal);

    private long Tenths(double left) => (long)Math.Floor((1000 * (order.IsPack ? 1 - left : left)) + 0.500001);
}
