namespace NumaHistory.Schema.Memory;

/// <summary>
/// The least that samples of one cell show, KiB: of total and free memory and of free plus reclaimable, each by itself; null = no sample tells. Of free huge
/// pages the least of each size, null = some sample does not tell; Pages null = nobody looked at them.
/// </summary>
public sealed record CellLeast(int Id, long? TotalKiB, long? FreeKiB, long? EitherKiB, IReadOnlyList<FreePages>? Pages)
{
    /// <summary>The least of both, of one cell.</summary>
    public CellLeast With(CellLeast other) => new(
        Id,
        Least(TotalKiB, other.TotalKiB),
        Least(FreeKiB, other.FreeKiB),
        Least(EitherKiB, other.EitherKiB),
        Pages is null ? other.Pages : other.Pages is null ? Pages :
        [
            .. Pages.Concat(other.Pages).GroupBy(pages => pages.SizeKiB).OrderBy(size => size.Key)
                .Select(size => new FreePages(size.Key, size.Any(pages => pages.Free is null) ? null : size.Min(pages => pages.Free))),
        ]);

    private static long? Least(long? left, long? right) => left is null || right < left ? right : left;
}
