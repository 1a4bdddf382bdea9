using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Changes;

/// <summary>
/// Pairs of recordings of one machine; what was done between them is known (shared/data: changes.json).
/// </summary>
public sealed class RecordedChangesTests
{
    private const string Boot = "dynamic-0-boot";
    private const string Offline = "dynamic-1-node1-cpus-offline";
    private const string Blocks = "dynamic-2-node2-blocks-offline";
    private const string Sparse = "sparse-0-boot";
    private const string Plugged = "sparse-1-nodes-0-1-3";
    private const string Unplugged = "sparse-2-node3-offline";
    private const string LessMemory = "memory-shrunk cell 2: 1027516 -> 241084";
    private const string MorePages = "pages-changed cell 1: 2048 KiB: 0 -> 2048 KiB: 64";

    [Theory]
    [InlineData(Boot, Offline, "cpu-offline cpu 2-3: online -> offline")]
    [InlineData(Offline, Blocks, "cpu-online cpu 2-3: offline -> online", LessMemory, MorePages)]
    [InlineData(Boot, Blocks, LessMemory, MorePages)]
    [InlineData(Sparse, Plugged, "cell-added cell 3: - -> no cpus, 524288 KiB")]
    [InlineData(Plugged, Unplugged, "memory-shrunk cell 3: 524288 -> 0")]
    [InlineData(Unplugged, Sparse, "cell-gone cell 3: no cpus, 0 KiB -> -")]
    [InlineData(
        "hwloc/16em64t-4s2c2t",
        "hwloc/16em64t-4s2c2t-offlines",
        "cpu-offline cpu 2,5,13-14: online -> offline")]
    [InlineData(
        "pcp/meminfo-root-002",
        "pcp/meminfo-root-003",
        "pages-changed cell 0: 2048 KiB: 0 -> 2048 KiB: 120",
        "pages-changed cell 1: 2048 KiB: 0 -> 2048 KiB: 80")]
    public async Task What_was_done_to_a_machine_is_what_changed(string before, string after, params string[] expected)
    {
        var was = await TopologyOf(before);
        var now = await TopologyOf(after);

        var changes = TopologyDiff.Between(was, now);

        Assert.Equal(expected, changes.Select(Text));
        Assert.Equal(now.Fingerprint, TopologyDiff.Apply(was, changes).Fingerprint);
        Assert.Equal(now.CapacityFingerprint, TopologyDiff.Apply(was, changes).CapacityFingerprint);
    }

    private static async Task<HostTopology> TopologyOf(string name) => (await RecordedHost.ReadAsync(name)).Topology;

    private static string Text(TopologyChange change) =>
        $"{change.Name} {change.Subject}: {change.Before?.ToString() ?? "-"} -> {change.After?.ToString() ?? "-"}";
}
