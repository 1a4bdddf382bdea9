using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Projections;

/// <summary>What an event puts into schema numa, as the JSON that its functions take. Live operation and rebuilding both use it.</summary>
internal static class ReadModelRows
{
    public static string Fact(Guid id, IHostFact fact) => new JsonObject
    {
        ["id"] = id,
        ["host"] = fact.Host,
        ["source"] = HostState.SourceOf(fact),
        ["facet"] = FacetOf(fact),
        ["type"] = EventNames.Of(fact),
        ["at"] = fact.ObservedAt,
        ["fingerprint"] = FingerprintOf(fact)?.Hex,
    }.ToJsonString();

    public static string Block(Guid id, MemoryBlockRecorded recorded)
    {
        var payload = recorded.Payload.Span;
        var block = BlockCodec.Decode(payload);
        return new JsonObject
        {
            ["id"] = id,
            ["host"] = recorded.Host,
            ["source"] = recorded.Source,
            ["first"] = recorded.ObservedAt,
            ["last"] = recorded.Until,
            ["samples"] = block.Samples.Count,
            ["intervalMs"] = Milliseconds(block.Interval),
            ["structure"] = block.Structure?.Hex,
            ["capacity"] = block.Capacity?.Hex,
            ["digest"] = Convert.ToHexStringLower(SHA256.HashData(payload)),
            ["gauge"] = GaugeNode(recorded.Host, recorded.Source, block.Samples[^1], block.Interval),
        }.ToJsonString();
    }

    public static string Gauge(string host, string source, MemorySample newest, TimeSpan? interval) =>
        GaugeNode(host, source, newest, interval).ToJsonString();

    public static string Host(HostState state, DateTimeOffset first, DateTimeOffset last)
    {
        var topology = state.Topology;
        var frame = topology is null ? new HostFrame([], []) : HostFrame.Of(topology);
        return new JsonObject
        {
            ["key"] = state.Key,
            ["name"] = state.Name,
            ["machineId"] = state.Boot?.MachineId,
            ["productUuid"] = state.Boot?.ProductUuid,
            ["architecture"] = state.Boot?.Architecture,
            ["hypervisor"] = state.Hypervisor,
            ["bootId"] = state.Boot?.BootId,
            ["bootedAt"] = state.Boot?.BootedAt,
            ["cells"] = topology?.Cells?.Count,
            ["cpus"] = (topology?.Cpus.Online ?? topology?.Cpus.Present)?.Count,
            ["memoryKiB"] = Sum(topology),
            ["hostCells"] = new JsonArray([.. frame.Cells.Select(Cell)]),
            ["closest"] = new JsonArray([.. frame.Closest.Select(sum => JsonValue.Create(sum))]),
            ["first"] = first,
            ["last"] = last,
        }.ToJsonString();
    }

    private static JsonObject Cell(CellFrame cell) => new()
    {
        ["id"] = cell.Id,
        ["cpus"] = cell.Online is { } online ? GuestRows.Multirange(online) : null,
        ["usable"] = GuestRows.Multirange(cell.Usable),
        ["isPlaceable"] = cell.IsPlaceable,
        ["memoryKiB"] = cell.MemoryKiB,
        ["poolsKiB"] = cell.PoolsKiB,
        ["pools"] = cell.Pools.Count == 0 ? null : new JsonArray(
            [.. cell.Pools.Select(pool => new JsonObject { ["sizeKiB"] = pool.SizeKiB, ["total"] = pool.Total })]),
    };

    private static JsonObject GaugeNode(string host, string source, MemorySample newest, TimeSpan? interval) => new()
    {
        ["host"] = host,
        ["source"] = source,
        ["at"] = newest.At,
        ["intervalMs"] = Milliseconds(interval),
        ["cells"] = new JsonArray([.. newest.Cells.Select(Cell)]),
    };

    private static JsonObject Cell(CellMemory cell) => new()
    {
        ["id"] = cell.Id,
        ["totalKiB"] = cell.TotalKiB,
        ["freeKiB"] = cell.FreeKiB,
        ["reclaimableKiB"] = cell.ReclaimableKiB,
        ["pages"] = cell.Pages is null ? null : new JsonArray(
            [.. cell.Pages.Select(pages => new JsonObject { ["sizeKiB"] = pages.SizeKiB, ["free"] = pages.Free })]),
    };

    private static long? Sum(HostTopology? topology)
    {
        var known = topology?.Cells?.Select(cell => cell.MemoryKiB).OfType<long>().ToList();
        return known is { Count: > 0 } ? known.Sum() : null;
    }

    private static long? Milliseconds(TimeSpan? interval) => (long?)interval?.TotalMilliseconds;

    private static string FacetOf(IHostFact fact) => fact switch
    {
        HostBooted => "boot",
        HostRenamed => "name",
        TopologyObserved => "structure",
        CapacityObserved => "capacity",
        SourceFailed or SourceRecovered => "health",
        SamplingGap => "gap",
        _ => throw new ArgumentException("not a fact of a host stream", nameof(fact)),
    };

    private static Fingerprint? FingerprintOf(IHostFact fact) => fact switch
    {
        TopologyObserved seen => seen.Fingerprint,
        CapacityObserved seen => seen.Fingerprint,
        _ => null,
    };
}
