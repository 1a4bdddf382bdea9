namespace NumaHistory.Schema.Replay;

/// <summary>Looks up in what is ordered by time.</summary>
internal static class LastBy
{
    /// <summary>The index of the last item whose time is not after a moment, -1 = there is none.</summary>
    public static int Index<T>(IReadOnlyList<T> items, Func<T, DateTimeOffset> time, DateTimeOffset at)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = time(items[middle]) <= at ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
