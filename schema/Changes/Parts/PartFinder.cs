using System.Text.Json.Nodes;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Parts;

/// <summary>Finds every place at which two trees differ, as deep as their elements can be told apart.</summary>
internal sealed class PartFinder
{
    private readonly List<TopologyPart> _parts = [];

    private PartFinder()
    {
    }

    public static IReadOnlyList<TopologyPart> Between(JsonObject before, JsonObject after)
    {
        var finder = new PartFinder();
        foreach (var (name, was) in before)
        {
            finder.Compare(new TopologyPart(name, "", "", "", null, null), was, after[name]);
        }

        return finder._parts;
    }

    private void Compare(TopologyPart at, JsonNode? was, JsonNode? now)
    {
        if (JsonNode.DeepEquals(was, now))
        {
            return;
        }

        if (TopologyJson.KeyOf(at) is { } key && Elements(was, key) is { } before && Elements(now, key) is { } after)
        {
            CompareElements(at, before, after);
        }
        else if (at.Sub == "" && was is JsonObject left && now is JsonObject right)
        {
            foreach (var (name, value) in left)
            {
                Compare(at with { Field = name }, value, right[name]);
            }
        }
        else if (TopologyJson.IsSet(at) && was is JsonValue && now is JsonValue)
        {
            CompareSets(at, CpuSet.Parse(was.GetValue<string>()), CpuSet.Parse(now.GetValue<string>()));
        }
        else
        {
            _parts.Add(at with { Before = Text(was), After = Text(now) });
        }
    }

    private void CompareElements(
        TopologyPart at, SortedDictionary<string, JsonNode> before, SortedDictionary<string, JsonNode> after)
    {
        foreach (var key in before.Keys.Union(after.Keys).Order(Comparer<string>.Create(TopologyJson.CompareKeys)))
        {
            var place = at.Key == "" ? at with { Key = key } : at with { Sub = key };
            var was = before.GetValueOrDefault(key);
            var now = after.GetValueOrDefault(key);
            if (was is null || now is null)
            {
                _parts.Add(place with { Before = was?.ToJsonString(), After = now?.ToJsonString() });
            }
            else
            {
                Compare(place, was, now);
            }
        }
    }

    private void CompareSets(TopologyPart at, CpuSet was, CpuSet now)
    {
        foreach (var member in was.Except(now).Union(now.Except(was)).Members())
        {
            var there = was.Contains(member);
            _parts.Add(at with { Sub = $"{member}", Before = there ? "true" : null, After = there ? null : "true" });
        }
    }

    // Null when the array is not in rising order of its keys: then only the whole of it can be replaced exactly.
    private static SortedDictionary<string, JsonNode>? Elements(JsonNode? node, string key)
    {
        if (node is not JsonArray array)
        {
            return null;
        }

        var elements = new SortedDictionary<string, JsonNode>(Comparer<string>.Create(TopologyJson.CompareKeys));
        string? last = null;
        foreach (var element in array)
        {
            var id = element![key]!.ToString();
            if (last is not null && TopologyJson.CompareKeys(last, id) >= 0)
            {
                return null;
            }

            elements.Add(id, element);
            last = id;
        }

        return elements;
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
