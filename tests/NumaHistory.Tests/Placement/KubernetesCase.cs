using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Placement;

/// <summary>
/// One case of the Kubernetes topology plugin as questions of ours that must all be yes. Zones are cells with as many dedicated CPUs and as much
/// memory as are available; page pools and devices are resources. Only a Guaranteed pod has CPUs and memory aligned, others
/// devices alone. A pod that is aligned as a whole is one guest cell; containers that are aligned one by one are guest cells that may share
/// a zone; an init container has the host for itself, before the others.
/// </summary>
internal static class KubernetesCase
{
    private const int Apart = 1_000;

    public static IEnumerable<PlacementRequest> Requests(JsonElement test)
    {
        var zones = test.GetProperty("host").GetProperty("zones").EnumerateArray().ToList();
        var host = new PlacementHost("k8s", [.. zones.Select(zone => Room(int.Parse(zone.GetProperty("name").GetString()!.Split('-')[1], CultureInfo.InvariantCulture), Available(zone)))]);
        var known = zones.SelectMany(zone => zone.GetProperty("resources").EnumerateObject()).Select(one => one.Name).ToHashSet();
        var pod = test.GetProperty("pod");
        var containers = Containers(pod, "containers");
        var isGuaranteed = containers.Concat(Containers(pod, "init_containers")).All(IsGuaranteed);
        var demands = containers.Select(one => Needs(one, isGuaranteed, known)).ToList();
        if (test.GetProperty("host").GetProperty("policies")[0].GetString()!.EndsWith("PodLevel", StringComparison.Ordinal))
        {
            return [new PlacementRequest(host, new PlacementGuest([Demand(0, Sum(demands))]))];
        }

        return Containers(pod, "init_containers")
            .Select(one => new PlacementRequest(host, new PlacementGuest([Demand(0, Needs(one, isGuaranteed, known))])))
            .Append(new PlacementRequest(host, new PlacementGuest([.. demands.DefaultIfEmpty([]).Select((one, i) => Demand(i, one))]), AllowSharedCells: true));
    }

    public static PlacementRequest Split(JsonElement test)
    {
        var rooms = test.GetProperty("cells").EnumerateArray().Select(cell => Room(
            cell.GetProperty("id").GetInt32(), cell.GetProperty("available").EnumerateObject().ToDictionary(one => one.Name, one => Quantity(one.Value))) with
        {
            Distances = cell.GetProperty("costs").ValueKind != JsonValueKind.Object ? null
                : [.. cell.GetProperty("costs").EnumerateObject().Select(to => new CellDistance(int.Parse(to.Name, CultureInfo.InvariantCulture), to.Value.GetInt32()))],
        });
        var wanted = test.GetProperty("request").EnumerateObject().ToDictionary(one => one.Name, one => Quantity(one.Value));
        return new PlacementRequest(
            new PlacementHost("k8s", [.. rooms]),
            new PlacementGuest(
                null, null, (int)wanted.GetValueOrDefault("cpu"), wanted.GetValueOrDefault("memory") / 1024, Others(wanted)));
    }

    private static CellRoom Room(int id, Dictionary<string, long> available) => new(
        id,
        DedicatedCpus: available.GetValueOrDefault("cpu") is > 0 and var cpus ? CpuSet.Range(id * Apart, (id * Apart) + (int)cpus - 1) : CpuSet.Empty,
        MemoryKiB: available.GetValueOrDefault("memory") / 1024,
        Resources: Others(available));

    private static Dictionary<string, long> Available(JsonElement zone) =>
        zone.GetProperty("resources").EnumerateObject().ToDictionary(one => one.Name, one => Quantity(one.Value.GetProperty("available")));

    private static List<JsonElement> Containers(JsonElement pod, string name) =>
        pod.TryGetProperty(name, out var containers) && containers.ValueKind == JsonValueKind.Array ? [.. containers.EnumerateArray()] : [];

    private static bool IsGuaranteed(JsonElement container) => new[] { "cpu", "memory" }.All(name =>
        container.GetProperty("requests").TryGetProperty(name, out var request)
        && container.GetProperty("limits").TryGetProperty(name, out var limit)
        && Quantity(request) == Quantity(limit));

    // What no zone offers is of the node as a whole, and not the zones' affair.
    private static Dictionary<string, long> Needs(JsonElement container, bool isGuaranteed, HashSet<string> known) => container.GetProperty("requests").EnumerateObject()
        .Where(one => known.Contains(one.Name) && (isGuaranteed || one.Name.Contains('/', StringComparison.Ordinal)))
        .ToDictionary(one => one.Name, one => Quantity(one.Value));

    private static Dictionary<string, long> Sum(IEnumerable<Dictionary<string, long>> all) =>
        all.SelectMany(one => one).GroupBy(one => one.Key, one => one.Value).ToDictionary(one => one.Key, one => one.Sum());

    private static CellDemand Demand(int id, Dictionary<string, long> needs) => new(
        id,
        DedicatedVcpus: needs.GetValueOrDefault("cpu") is > 0 and var cpus ? CpuSet.Range(id * Apart, (id * Apart) + (int)cpus - 1) : CpuSet.Empty,
        MemoryKiB: needs.GetValueOrDefault("memory") / 1024,
        Resources: Others(needs));

    private static Dictionary<string, long> Others(Dictionary<string, long> all) =>
        all.Where(one => one.Key is not "cpu" and not "memory").ToDictionary(one => one.Key, one => one.Value);

    // Whole numbers with a suffix; CPUs are whole in these cases.
    private static long Quantity(JsonElement value)
    {
        var text = value.GetString()!;
        var digits = text.TakeWhile(char.IsDigit).Count();
        return long.Parse(text[..digits], CultureInfo.InvariantCulture) * text[digits..] switch
        {
            "" => 1L,
            "Mi" => 1L << 20,
            "Gi" => 1L << 30,
            "M" => 1_000_000L,
            "G" => 1_000_000_000L,
            var other => throw new FormatException($"quantity '{text}': {other}"),
        };
    }
}
