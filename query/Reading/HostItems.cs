using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading;

/// <summary>Hosts as items: of the newest row, or of what was known at a moment.</summary>
internal static class HostItems
{
    public static HostItem Of(HostRow row) => new(
        row.Name,
        row.Key,
        row.Architecture,
        row.Hypervisor,
        row.BootId,
        row.Cells,
        row.Cpus,
        row.MemoryKiB,
        row.FirstSeen,
        row.LastSeen);

    public static HostItem Of(
        HostRow row, HostState state, IReadOnlyDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> seen)
    {
        var (first, last) = seen.TryGetValue(row.Key, out var known) ? known : (row.FirstSeen, row.LastSeen);
        var topology = state.Topology;
        var sizes = topology?.Cells?.Select(cell => cell.MemoryKiB).ToList();
        return new HostItem(
            state.Name,
            row.Key,
            state.Boot?.Architecture,
            state.Hypervisor,
            state.Boot?.BootId,
            topology?.Cells?.Count,
            topology?.Cpus.Online?.Count,
            sizes is null || sizes.Contains(null) ? null : sizes.Sum(),
            first,
            last);
    }
}
