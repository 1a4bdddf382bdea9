using System.Text.Json.Nodes;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Devices that appeared, vanished or differ in a field, one change a device.</summary>
internal static class DeviceChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var places = differing.Claim(part => part is { List: "devices", Key: not "" });
        foreach (var device in places.GroupBy(part => part.Key))
        {
            var parts = device.ToList();
            yield return new TopologyChange(
                ChangeNames.DeviceChanged,
                $"device {device.Key}",
                Text(parts, part => part.Before),
                Text(parts, part => part.After),
                parts);
        }
    }

    private static ChangeValue? Text(List<TopologyPart> parts, Func<TopologyPart, string?> side)
    {
        if (parts is not [{ Field: "" } whole])
        {
            return string.Join(", ", parts.Select(part => $"{part.Field} {Value(JsonNode.Parse(side(part)!))}"));
        }

        if (side(whole) is not { } json)
        {
            return null;
        }

        var device = JsonNode.Parse(json)!;
        return $"{Value(device["class"])} {Value(device["names"])}, cell {Value(device["cell"])}";
    }

    private static string Value(JsonNode? value) => value switch
    {
        null => "unknown",
        JsonArray { Count: 0 } => "without a name",
        JsonArray names => string.Join(' ', names.Select(name => name?.ToString())),
        _ => value.ToString(),
    };
}
