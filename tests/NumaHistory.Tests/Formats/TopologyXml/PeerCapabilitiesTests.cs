using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>
/// Capabilities of other programs' tests and of captured hosts say what an independent reading of them says.
/// </summary>
public sealed class PeerCapabilitiesTests
{
    private static readonly string[] Silicon = ["socket_id", "die_id", "cluster_id", "core_id", "siblings"];

    public static TheoryData<string> Documents => SharedData.TryFind("capabilities") is { } folder
        ?
        [
            .. Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file)[..^".xml".Length])
                .Order(StringComparer.Ordinal),
        ]
        : [];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Documents))]
    public void A_document_agrees_with_its_JSON(string document)
    {
        var reading = TopologyDocuments.Parse(File.ReadAllBytes(SharedData.Require("capabilities", $"{document}.xml")));

        Agrees(reading, Json("capabilities", $"{document}.json"));
    }

    [Theory]
    [InlineData("libvirt-numa4", "capabilities", null)]
    [InlineData("xen", "virsh-capabilities", "xen")]
    public void The_capabilities_of_a_captured_host_agree_with_their_JSON(
        string capture, string document, string? hypervisor)
    {
        var text = File.ReadAllText(SharedData.Require("captures", capture, $"{document}.txt"));
        var (first, last) = (text.IndexOf("<capabilities>", StringComparison.Ordinal), text.LastIndexOf('>'));

        var reading = TopologyDocuments.Parse(Encoding.UTF8.GetBytes(text[first..(last + 1)]));

        Assert.Equal(("x86_64", hypervisor), (reading.Architecture, reading.Hypervisor));
        Agrees(reading, Json("captures", capture, $"{document}.json"));
    }

    [Theory]
    [InlineData("vircaps-x86_64-caches", "linux-caches")]
    [InlineData("vircaps-x86_64-resctrl", "linux-resctrl")]
    [InlineData("vircaps-x86_64-resctrl-cmt", "linux-resctrl-cmt")]
    public async Task The_caches_of_a_document_are_those_of_the_tree_it_was_made_from(string document, string tree)
    {
        var xml = File.ReadAllBytes(SharedData.Require("capabilities", "libvirt", $"{document}.xml"));

        var reading = TopologyDocuments.Parse(xml);
        var host = await RecordedHost.ReadAsync($"libvirt/{tree}");

        Assert.Equal(Shared(host.Topology), Shared(reading.Topology!));
        Assert.DoesNotContain(reading.Topology!.CpuInfo!, cpu => cpu.L3 is null);
    }

    private static IEnumerable<string> Shared(HostTopology topology) =>
        topology.CpuInfo!.Select(cpu => $"{cpu.Id}: {cpu.L3}");

    private static void Agrees(TopologyReading ours, JsonElement theirs)
    {
        Assert.Null(ours.Refused);
        Assert.Empty(ours.Problems);
        var cells = theirs.GetProperty("cells").EnumerateArray().ToList();
        Assert.Equal(cells.Count, ours.Topology!.Cells!.Count);
        Rule.Holds(cells.Zip(ours.Topology.Cells)
            .SelectMany(pair => Differences(pair.First, pair.Second, ours.Topology)));
    }

    private static IEnumerable<string> Differences(JsonElement theirs, Cell ours, HostTopology topology)
    {
        var pools = Members(theirs, "pages").Select(pool => $"{pool.Name.Split('K')[0].Trim()}:{pool.Value}");
        var distances = Members(theirs, "distances").Select(to => $"{to.Name}:{to.Value}");
        List<(string What, string Theirs, string Ours)> facts =
        [
            ("id", Text(theirs, "id"), $"{ours.Id}"),
            ("cpus", Text(theirs, "cpus"), $"{ours.Cpus}"),
            ("memory", Text(theirs, "memory_kib"), $"{ours.MemoryKiB}"),
            ("distances", List(distances), List((ours.Distances ?? []).Select(to => $"{to.Cell}:{to.Distance}"))),
            ("pools", List(pools.Skip(1)), List((ours.Pages ?? []).Select(pool => $"{pool.SizeKiB}:{pool.Total}"))),
        ];
        var inside = topology.CpuInfo!.Where(cpu => ours.Cpus!.Contains(cpu.Id)).ToList();
        if (theirs.TryGetProperty("siblings", out var cores))
        {
            facts.Add(("cores", List(cores.EnumerateArray()), List(inside.Select(cpu => cpu.Siblings).Distinct())));
        }

        if (theirs.TryGetProperty("sockets", out var sockets))
        {
            facts.Add(("sockets", List(sockets.EnumerateArray()), List(inside.Select(cpu => cpu.Socket).Distinct())));
        }

        foreach (var cpu in theirs.TryGetProperty("cpu", out var cpus) ? cpus.EnumerateArray() : default)
        {
            var info = inside.Single(other => other.Id == cpu.GetProperty("id").GetInt32());
            facts.Add((
                $"cpu {info.Id}",
                string.Join('/', Silicon.Select(name => Text(cpu, name))),
                $"{info.Socket}/{info.Die}/{info.Cluster}/{info.Core}/{info.Siblings}"));
        }

        return facts.Where(fact => fact.Theirs != fact.Ours)
            .Select(fact => $"cell {ours.Id} {fact.What}: theirs {fact.Theirs}, ours {fact.Ours}");
    }

    private static string List<T>(IEnumerable<T> items) => string.Join(' ', items);

    private static IEnumerable<JsonProperty> Members(JsonElement from, string name) =>
        from.TryGetProperty(name, out var members) ? members.EnumerateObject() : [];

    private static JsonElement Json(params string[] path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedData.Require(path)));
        return json.RootElement.Clone();
    }

    private static string Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
}
