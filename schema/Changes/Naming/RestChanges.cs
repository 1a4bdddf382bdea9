using System.Text.Json.Nodes;
using NumaHistory.Schema.Changes.Parts;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// What no rule named, raw: one change for a field of a cell, of the host, or of all CPUs whose field changed alike.
/// </summary>
internal static class RestChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var before = TopologyJson.Of(differing.Before);
        var after = TopologyJson.Of(differing.After);
        return differing.Claim(_ => true)
            .GroupBy(part => part with { Sub = "", Before = null, After = null })
            .Select(field => (
                Place: field.Key, Parts: field, Was: Text(before, field.Key), Now: Text(after, field.Key)))
            .GroupBy(field => (field.Place.List, Owner: OwnerOf(field.Place), field.Was, field.Now))
            .Select(alike => Change(
                alike.Key.List, alike.Select(field => field.Place).ToList(), alike.Key.Was, alike.Key.Now,
                alike.SelectMany(field => field.Parts).ToList()));
    }

    private static TopologyChange Change(
        string list, List<TopologyPart> places, string before, string after, List<TopologyPart> parts) => list switch
        {
            "cells" => new TopologyChange(ChangeNames.CellChanged, $"cell {places[0].Key}", before, after, parts),
            "cpuInfo" => new TopologyChange(
                ChangeNames.CpuChanged, $"cpu {CpuSet.Of(places.Select(place => place.Id))}", before, after, parts),
            _ => new TopologyChange(ChangeNames.HostChanged, "host", before, after, parts),
        };

    private static string Text(JsonObject root, TopologyPart place)
    {
        var owner = place.Key == "" ? root[place.List] : Find(root[place.List]!.AsArray(), place.Key);
        return place.Field == "" ? owner is null ? "absent" : "present" : $"{place.Field} {Value(owner?[place.Field])}";
    }

    private static string OwnerOf(TopologyPart place) => place.List == "cpuInfo" ? "" : place.Key;

    private static JsonNode? Find(JsonArray array, string id) =>
        array.FirstOrDefault(element => element!["id"]!.ToString() == id);

    private static string Value(JsonNode? value) => value switch
    {
        null => "unknown",
        JsonValue text when text.ToString() == "" => "none",
        JsonValue text => text.ToString(),
        _ => value.ToJsonString(),
    };
}
