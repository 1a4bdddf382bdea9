using System.Text.Json;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Parts;

/// <summary>
/// A topology as a tree of its canonical JSON, so that no field of it, and none added later, can escape a comparison.
/// The fingerprints follow from the rest: the tree only says whether they are known.
/// </summary>
internal static class TopologyJson
{
    private const string Structure = "fingerprint";
    private const string Capacity = "capacityFingerprint";

    private static readonly string[] Sets =
        ["possible", "present", "online", "isolated", "nohzFull", "allowed", "cpus", "onlineCpus", "siblings", "l3"];

    public static JsonObject Of(HostTopology topology)
    {
        var root = JsonSerializer.SerializeToNode(topology, FactJson.Default.HostTopology)!.AsObject();
        root[Structure] = topology.Fingerprint is not null;
        root[Capacity] = topology.CapacityFingerprint is not null;
        return root;
    }

    public static HostTopology Read(JsonObject root)
    {
        var structure = root[Structure]!.GetValue<bool>();
        var capacity = root[Capacity]!.GetValue<bool>();
        root[Structure] = null;
        root[Capacity] = null;
        var topology = root.Deserialize(FactJson.Default.HostTopology)!;
        return topology with
        {
            Fingerprint = structure ? Fingerprint.Of(topology.Structure()) : null,
            CapacityFingerprint = capacity ? Fingerprint.Of(topology.Capacity()) : null,
        };
    }

    /// <summary>The member that tells the elements of this array apart, or null.</summary>
    public static string? KeyOf(TopologyPart place) => (place.List, place.Key, place.Field) switch
    {
        ("cells" or "cpuInfo", "", _) => "id",
        ("devices", "", _) => "address",
        ("cells", _, "distances") => "cell",
        ("cells", _, "pages") => "sizeKiB",
        _ => null,
    };

    public static bool IsSet(TopologyPart place) => Sets.Contains(place.Field) && place.List != "devices";

    /// <summary>Numbers by value, other keys by their characters.</summary>
    public static int CompareKeys(string left, string right) =>
        long.TryParse(left, out var a) && long.TryParse(right, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
