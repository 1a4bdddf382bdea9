using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Memory that a guest takes from host cells, KiB: parts bound to the same cells added up. PageKiB = the huge pages that back it (0
/// = the host's default size), null = ordinary memory. Cells null = any cell.
/// </summary>
internal sealed record MemoryClaim(CpuSet? Cells, MemoryMode Mode, long KiB, long? PageKiB, string Subject)
{
    /// <summary>Whether nothing but these cells will do.</summary>
    public bool IsHard => Cells is not null && Mode is MemoryMode.Strict or MemoryMode.Restrictive;

    /// <summary>What of it lies in one of its cells: even parts, since nothing tells, the first with what does not go evenly.</summary>
    public long In(int cell) => (KiB / Cells!.Count) + (cell == Cells.First ? KiB % Cells.Count : 0);

    public static IReadOnlyList<MemoryClaim> Of(GuestIndex pins)
    {
        var claims = new List<MemoryClaim>();
        foreach (var part in pins.Parts)
        {
            if (part.MemoryKiB is not { } size)
            {
                continue;
            }

            var page = Page(pins.Guest.Pages, part.Id ?? 0);
            var same = claims.FindIndex(claim =>
                claim.Mode == part.Mode && claim.PageKiB == page && (claim.Cells?.Equals(part.Bound) ?? part.Bound is null));
            if (same >= 0)
            {
                claims[same] = claims[same] with { KiB = Sum(claims[same].KiB, size), Subject = "guest" };
            }
            else
            {
                claims.Add(new MemoryClaim(part.Bound, part.Mode, size, page, part.Subject));
            }
        }

        return claims;
    }

    // An entry that names the guest cell counts before one that names none.
    private static long? Page(IReadOnlyList<GuestPages> pages, int cell) =>
        (pages.FirstOrDefault(page => page.GuestCells?.Contains(cell) == true) ?? pages.FirstOrDefault(page => page.GuestCells is null))
            is { } found ? found.SizeKiB ?? 0 : null;

    private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
