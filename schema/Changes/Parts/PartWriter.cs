using System.Globalization;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Parts;

/// <summary>Puts what parts say in their places of a tree.</summary>
internal static class PartWriter
{
    public static void Write(JsonObject root, TopologyPart part)
    {
        if (part is { Key: "", Field: "" })
        {
            root[part.List] = Parse(part.After);
        }
        else if (part is { Field: "" })
        {
            WriteElement(root[part.List]!.AsArray(), TopologyJson.KeyOf(part with { Key = "" })!, part.Key, part.After);
        }
        else
        {
            WriteField(part.Key == "" ? root[part.List]! : Find(root[part.List]!.AsArray(), part), part);
        }
    }

    private static void WriteField(JsonNode owner, TopologyPart part)
    {
        if (part.Sub == "")
        {
            owner[part.Field] = Parse(part.After);
        }
        else if (TopologyJson.IsSet(part))
        {
            var set = new CpuSetBuilder();
            var member = int.Parse(part.Sub, CultureInfo.InvariantCulture);
            foreach (var (first, last) in CpuSet.Parse(owner[part.Field]!.GetValue<string>()).Ranges())
            {
                set.AddRange(first, last);
            }

            owner[part.Field] = (part.After is null ? set.Remove(member) : set.Add(member)).Build().ToString();
        }
        else
        {
            WriteElement(owner[part.Field]!.AsArray(), TopologyJson.KeyOf(part)!, part.Sub, part.After);
        }
    }

    private static void WriteElement(JsonArray array, string key, string id, string? after)
    {
        var at = 0;
        while (at < array.Count && TopologyJson.CompareKeys(array[at]![key]!.ToString(), id) < 0)
        {
            at++;
        }

        if (at < array.Count && array[at]![key]!.ToString() == id)
        {
            array.RemoveAt(at);
        }

        if (after is not null)
        {
            array.Insert(at, Parse(after));
        }
    }

    private static JsonNode Find(JsonArray array, TopologyPart part)
    {
        var key = TopologyJson.KeyOf(part with { Key = "" })!;
        return array.First(element => element![key]!.ToString() == part.Key)!;
    }

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
