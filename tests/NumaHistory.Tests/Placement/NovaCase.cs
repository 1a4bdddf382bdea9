using System.Text.Json;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Placement;

/// <summary>
/// One case of Nova's own tests as a question of ours. A network that some cells of the host are near to, one cell of the guest has to be: that is a
/// resource; one that no cell is near to asks nothing.
/// </summary>
internal static class NovaCase
{
    public static PlacementRequest Request(JsonElement test)
    {
        var isHost = test.GetProperty("kind").GetString() == "fit-host";
        var limits = test.TryGetProperty("limits", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var network = limits.ValueKind == JsonValueKind.Object && limits.TryGetProperty("network_metadata", out var wanted) ? Networks(wanted) : null;
        var near = isHost ? test.GetProperty("host").GetProperty("cells").EnumerateArray().Select(Room).SelectMany(room => room.Resources?.Keys ?? []).ToHashSet() : [];
        network = network?.Where(one => near.Contains(one.Key)).ToDictionary();
        var reserved = test.TryGetProperty("cpuset_reserved", out var count) ? count.GetInt32() : 0;
        var cells = isHost ? test.GetProperty("instance").GetProperty("cells").EnumerateArray().ToList() : [test.GetProperty("instance_cell")];
        var rooms = isHost ? test.GetProperty("host").GetProperty("cells").EnumerateArray().ToList() : [test.GetProperty("host_cell")];
        var emulator = isHost && test.GetProperty("instance").TryGetProperty("emulator_threads_policy", out var policy) ? policy.GetString() : null;
        return new PlacementRequest(
            new PlacementHost("nova", [.. rooms.Select(Room)]),
            new PlacementGuest(
                [.. cells.Select((cell, i) => Demand(cell, i) with { ReservedCpus = reserved, Resources = i == 0 ? network : null })],
                emulator == "isolate" ? EmulatorPolicy.Isolate : null),
            limits.ValueKind == JsonValueKind.Object
                ? new PlacementLimits(limits.GetProperty("cpu_allocation_ratio").GetDouble(), limits.GetProperty("ram_allocation_ratio").GetDouble())
                : null,
            test.TryGetProperty("pack_cells", out var pack) && pack.GetBoolean() ? PlacementPolicy.Pack : null);
    }

    public static CellRoom Room(JsonElement cell) => new(
        cell.GetProperty("id").GetInt32(),
        Set(cell, "cpuset"),
        Set(cell, "pcpuset"),
        Set(cell, "pinned_cpus"),
        Number(cell, "cpu_usage"),
        cell.TryGetProperty("siblings", out var siblings) ? [.. siblings.EnumerateArray().Select(Set)] : null,
        cell.GetProperty("memory_mb").GetInt64() * 1024,
        Number(cell, "memory_usage_mb") * 1024,
        cell.TryGetProperty("network_metadata", out var network) ? Networks(network) : null,
        cell.TryGetProperty("mempages", out var pages)
            ? [.. pages.EnumerateArray().Select(pool => new PageRoom(
                Number(pool, "size_kb")!.Value, Number(pool, "total") ?? 0, Number(pool, "used"), Number(pool, "reserved")))]
            : null,
        (int?)Number(cell, "socket"));

    public static CellDemand Demand(JsonElement cell, int index)
    {
        var size = Number(cell, "pagesize_kb");
        return new CellDemand(
            index,
            Set(cell, "cpuset"),
            Set(cell, "pcpuset"),
            cell.GetProperty("memory_mb").GetInt64() * 1024,
            size > 0 ? size : null,
            size switch { -1 => PageChoice.Small, -2 => PageChoice.Large, -3 => PageChoice.Any, _ => null },
            cell.TryGetProperty("cpu_thread_policy", out var smt) && smt.GetString() is { } word ? Enum.Parse<SmtPolicy>(word, ignoreCase: true) : null);
    }

    public static CpuSet Set(JsonElement ids) => CpuSet.Of([.. ids.EnumerateArray().Select(id => id.GetInt32())]);

    private static CpuSet Set(JsonElement cell, string name) =>
        cell.TryGetProperty(name, out var ids) && ids.ValueKind == JsonValueKind.Array ? Set(ids) : CpuSet.Empty;

    private static long? Number(JsonElement cell, string name) =>
        cell.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : null;

    private static Dictionary<string, long> Networks(JsonElement network) => network.GetProperty("physnets").EnumerateArray()
        .Select(name => $"network {name.GetString()}")
        .Concat(network.GetProperty("tunneled").GetBoolean() ? ["network tunneled"] : [])
        .ToDictionary(name => name, _ => 1L);
}
