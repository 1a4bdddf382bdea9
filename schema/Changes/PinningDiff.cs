using System.Text.Json;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What differs between two pinnings of a guest, and back: applying the difference to the first gives the second (law 1). Pins differ
/// by vCPU, everything else as a whole.
/// </summary>
public static class PinningDiff
{
    private const string Pins = "pins";

    /// <summary>The differences in the order of the contract's members.</summary>
    public static IReadOnlyList<PinningChange> Between(GuestPins before, GuestPins after)
    {
        var (was, now) = (Json(before), Json(after));
        return [.. was.Select(member => member.Key).Union(now.Select(member => member.Key)).SelectMany(name => name == Pins
            ? ByVcpu(was[name]!.AsArray(), now[name]!.AsArray())
            : JsonNode.DeepEquals(was[name], now[name]) ? [] : [new PinningChange(name, null, was[name]?.DeepClone(), now[name]?.DeepClone())])];
    }

    /// <summary>The pinning with the differences in it.</summary>
    public static GuestPins Apply(GuestPins before, IReadOnlyList<PinningChange> changes)
    {
        var json = Json(before);
        foreach (var change in changes.Where(change => change.Vcpu is null))
        {
            json[change.Member] = change.After?.DeepClone();
        }

        var changed = changes.Where(change => change.Vcpu is not null).ToDictionary(change => change.Vcpu!.Value, change => change.After);
        var pins = json[Pins]!.AsArray().Where(pin => !changed.ContainsKey(Vcpu(pin)))
            .Concat(changed.Values.Where(pin => pin is not null))
            .OrderBy(Vcpu)
            .Select(pin => pin!.DeepClone());
        json[Pins] = new JsonArray([.. pins]);
        return json.Deserialize(FactJson.Default.GuestPins)!;
    }

    private static IEnumerable<PinningChange> ByVcpu(JsonArray before, JsonArray after)
    {
        var (was, now) = (before.ToDictionary(Vcpu), after.ToDictionary(Vcpu));
        return was.Keys.Union(now.Keys).Order()
            .Where(vcpu => !JsonNode.DeepEquals(was.GetValueOrDefault(vcpu), now.GetValueOrDefault(vcpu)))
            .Select(vcpu => new PinningChange(
                Pins, vcpu, was.GetValueOrDefault(vcpu)?.DeepClone(), now.GetValueOrDefault(vcpu)?.DeepClone()));
    }

    private static int Vcpu(JsonNode? pin) => pin!["vcpu"]!.GetValue<int>();

    private static JsonObject Json(GuestPins pins) => JsonSerializer.SerializeToNode(pins, FactJson.Default.GuestPins)!.AsObject();
}
