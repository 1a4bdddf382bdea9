using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>The huge pages behind a guest's memory: of its backends, or of all of it where <c>-mem-path</c> names their mount point.</summary>
internal static class QemuPages
{
    public static IReadOnlyList<GuestPages> Read(
        ILookup<string, QemuOption> options, IReadOnlyList<QemuBackend> backends, IReadOnlyList<GuestCell> cells)
    {
        var whole = options["mem-path"].Select(option => option.First)
            .Where(path => path.Contains("hugepages", StringComparison.Ordinal))
            .Select(path => new GuestPages(QemuBackend.Mounted(path), null));
        var huge = backends.Where(backend => backend.IsHuge).ToList();
        return cells.Count == 0
            ? [.. whole.Concat(huge.Select(backend => new GuestPages(backend.PageKiB, null))).Distinct()]
            : [.. whole, .. huge.GroupBy(backend => backend.PageKiB).OrderBy(size => size.Key).Select(size => new GuestPages(size.Key, Of(size, options)))];
    }

    private static CpuSet Of(IEnumerable<QemuBackend> backends, ILookup<string, QemuOption> options)
    {
        var ids = backends.Select(backend => backend.Id).ToHashSet(StringComparer.Ordinal);
        return CpuSet.Of(options["numa"].Where(option => option["memdev"] is { } id && ids.Contains(id)).Select(option => QemuNumber.Count(option["nodeid"])).OfType<int>());
    }
}
