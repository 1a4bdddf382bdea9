using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading;

/// <summary>Cells of hosts with their memory, as of a moment.</summary>
internal static class CellItems
{
    // What a look without a declared interval is held to: three times the recorder's default of 10 s.
    private static readonly TimeSpan SingleLook = TimeSpan.FromSeconds(30);

    public static IEnumerable<CellItem> Of(
        HostRow host, HostState state, IEnumerable<CellSample> samples, IReadOnlyList<HostedGuest> guests, CpuSet? wanted, AsOf asOf)
    {
        var byCell = samples.Where(sample => sample.HostKey == host.Key).ToDictionary(sample => sample.Memory.Id);
        var cells = state.Topology?.Cells ?? [.. byCell.Keys.Order().Select(id => new Cell(id))];
        return cells
            .Where(cell => wanted?.Contains(cell.Id) ?? true)
            .Select(cell => Of(state.Name, cell, byCell.GetValueOrDefault(cell.Id), [.. guests.Where(guest => guest.Cells.Contains(cell.Id))], host, asOf));
    }

    private static CellItem Of(string name, Cell cell, CellSample? sample, IReadOnlyList<HostedGuest> guests, HostRow host, AsOf asOf) => new(
        name,
        cell.Id,
        cell.Cpus,
        cell.OnlineCpus,
        sample?.Memory.TotalKiB ?? cell.MemoryKiB,
        sample?.Memory.FreeKiB,
        sample?.Memory.ReclaimableKiB,
        guests.Sum(guest => guest.MemoryKiB.GetValueOrDefault(cell.Id)),
        [.. guests.DistinctBy(guest => guest.Guest).Select(guest => guest.Name)],
        [.. guests.Select(guest => Placed(guest, cell.Id))],
        cell.Distances,
        Pools(cell, sample),
        sample?.At,
        sample?.Interval?.TotalSeconds,
        sample is not null && IsStale(sample, host, asOf),
        sample?.Source);

    /// <summary>A guest as one of its cells has it.</summary>
    public static PlacedGuestItem Placed(HostedGuest guest, int cell) =>
        new(guest.Name, guest.Guest, guest.IsSpanning, guest.IsFloating, guest.IsDrifted, guest.MemoryKiB.GetValueOrDefault(cell), guest.IsPlanned);

    private static List<PoolItem>? Pools(Cell cell, CellSample? sample)
    {
        var free = sample?.Memory.Pages?.ToDictionary(pool => pool.SizeKiB, pool => pool.Free);
        return cell.Pages?.Select(
            pool => new PoolItem(pool.SizeKiB, pool.Total, free?.GetValueOrDefault(pool.SizeKiB))).ToList()
            ?? free?.Select(pool => new PoolItem(pool.Key, null, pool.Value)).ToList();
    }

    // An import declares no interval: it holds until the host was last seen, and is never stale unless a moment after
    // that is named.
    private static bool IsStale(CellSample sample, HostRow host, AsOf asOf) => sample.Interval is { } interval
        ? asOf.At - sample.At > 3 * interval
        : asOf.IsNamed && asOf.At > host.LastSeen + SingleLook;
}
