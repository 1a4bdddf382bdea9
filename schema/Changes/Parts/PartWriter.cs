using System.Globalization;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Parts;

/// <summary>Puts what parts say in their places of a tree.</summary>
internal static class PartWriter
{
    public static void Write(JsonObject root, IEnumerable<TopologyPart> parts)
    {
        foreach (var members in parts.GroupBy(part => IsMember(part) ? FieldOf(part) : part))
        {
            if (IsMember(members.First()))
            {
                WriteSet(Owner(root, members.Key), members);
            }
            else
            {
                WritePart(root, members.Key);
            }
        }
    }

    private static bool IsMember(TopologyPart part) => part.Sub != "" && TopologyJson.IsSet(part);

    private static TopologyPart FieldOf(TopologyPart part) => part with { Sub = "", Before = null, After = null };

    private static void WritePart(JsonObject root, TopologyPart part)
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
            WriteField(Owner(root, part), part);
        }
    }

    private static void WriteField(JsonNode owner, TopologyPart part)
    {
        if (part.Sub == "")
        {
            owner[part.Field] = Parse(part.After);
        }
        else
        {
            WriteElement(owner[part.Field]!.AsArray(), TopologyJson.KeyOf(part)!, part.Sub, part.After);
        }
    }

    private static void WriteSet(JsonNode owner, IEnumerable<TopologyPart> members)
    {
        var field = members.First().Field;
        var left = CpuSet.Of(members.Where(part => part.After is null).Select(Member));
        var joined = CpuSet.Of(members.Where(part => part.After is not null).Select(Member));
        owner[field] = CpuSet.Parse(owner[field]!.GetValue<string>()).Except(left).Union(joined).ToString();
    }

    private static int Member(TopologyPart part) => int.Parse(part.Sub, CultureInfo.InvariantCulture);

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

    private static JsonNode Owner(JsonObject root, TopologyPart part)
    {
        if (part.Key == "")
        {
            return root[part.List]!;
        }

        var key = TopologyJson.KeyOf(part with { Key = "" })!;
        return root[part.List]!.AsArray().First(element => element![key]!.ToString() == part.Key)!;
    }

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
