using System.Text.Json.Nodes;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Other silicon under the same CPU numbers: socket, model, stepping or APIC id differ where both are known.
/// </summary>
internal static class SocketChanges
{
    private static readonly string[] Fields = ["socket", "model", "stepping", "apicId"];

    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var alike = differing.Claim(IsIdentity)
            .GroupBy(part => part.Id)
            .GroupBy(cpu => (Was: Text(cpu, part => part.Before), Now: Text(cpu, part => part.After)))
            .ToList();
        foreach (var group in alike)
        {
            var parts = group.SelectMany(cpu => cpu).ToList();
            var cpus = CpuSet.Of(group.Select(cpu => cpu.Key));
            yield return new TopologyChange(
                ChangeNames.SocketChanged,
                $"cpu {cpus}",
                group.Key.Was + Apic(parts, part => part.Before, group.Key.Was),
                group.Key.Now + Apic(parts, part => part.After, group.Key.Now),
                parts);
        }
    }

    private static bool IsIdentity(TopologyPart part) =>
        part is { List: "cpuInfo", Sub: "" } && Fields.Contains(part.Field) && part.IsKnownInBoth;

    private static string Text(IEnumerable<TopologyPart> cpu, Func<TopologyPart, string?> side) => string.Join(
        ", ",
        cpu.Where(part => part.Field != "apicId").Select(part => $"{part.Field} {JsonNode.Parse(side(part)!)}"));

    // Every CPU has its own APIC id: they do not tell groups apart and are listed together.
    private static string Apic(List<TopologyPart> parts, Func<TopologyPart, string?> side, string before)
    {
        var ids = string.Join(',', parts.Where(part => part.Field == "apicId").Select(side));
        return ids == "" ? "" : $"{(before == "" ? "" : ", ")}APIC id {ids}";
    }
}
