using System.Text.RegularExpressions;

namespace NumaHistory.Tests.Rules;

/// <summary>Which room may see which: values at the bottom, what is derived from them above.</summary>
public sealed partial class RoomRulesTests
{
    private static readonly string[] Values = ["Topology", "Memory", "Pinning"];
    private static readonly string[] Seen = [.. Values, "Observing", "Formats"];
    private static readonly string[] Recorded = [.. Seen, "Events", "State"];

    // Text is at everybody's hand. Contract is where arrows meet: it names the records that are written as JSON, and a
    // fingerprint, an event and a named change are made of that JSON.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Text"] = [],
        ["Connecting"] = [],
        ["Topology"] = ["Contract"],
        ["Memory"] = ["Topology"],
        ["Pinning"] = ["Topology", "Memory"],
        ["Observing"] = Values,
        ["Formats"] = [.. Values, "Observing"],
        ["Files"] = [.. Values, "Observing", "Formats"],
        ["Contract"] = [.. Recorded, "Changes", "Fit", "Placement", "Repair", "Replay"],
        ["Events"] = [.. Seen, "Contract"],
        ["State"] = [.. Seen, "Events"],
        ["Changes"] = [.. Recorded, "Contract"],
        ["ReadModel"] = Values,
        ["Fit"] = [.. Recorded, "Changes"],
        ["Repair"] = [.. Seen, "Fit"],
        ["Fleet"] = [.. Recorded, "Fit"],
        ["Replay"] = [.. Recorded, "Changes", "Fit", "Fleet", "Placement"],
        ["Placement"] = [.. Recorded, "Changes", "Fit", "Fleet"],
    };

    [Fact]
    public void Every_room_of_schema_has_a_rule()
    {
        var without = SourceFile.Below("schema").Select(Room).Distinct().Where(room => !MayUse.ContainsKey(room));

        Rule.Holds(without);
    }

    [Fact]
    public void The_rooms_of_schema_use_only_what_lies_below_them()
    {
        var files = SourceFile.Below("schema");
        var types = files.ToLookup(Room, file => Path.GetFileNameWithoutExtension(file.Path));

        var offenders = files.SelectMany(file => types.Select(room => room.Key)
            .Where(room => room != Room(file) && room != "Text" && !MayUse.GetValueOrDefault(Room(file), []).Contains(room))
            .Where(room => Names(file, room, types[room]))
            .Select(room => $"{file} uses {room}"));

        Rule.Holds(offenders);
    }

    [Fact]
    public void Sources_see_values_and_formats_and_never_events_or_the_store()
    {
        var offenders = SourceFile.Below("recorder")
            .Where(file => file.Path.StartsWith("recorder/Sources/", StringComparison.Ordinal))
            .SelectMany(file => file.Naming(WhatSourcesMustNotSee()));

        Rule.Holds(offenders);
    }

    [Fact]
    public void Marten_is_named_only_where_events_are_stored()
    {
        string[] allowed = ["recorder/Store", "recorder/Projections", "recorder/Journal"];

        var offenders = new[] { "schema", "recorder", "query" }.SelectMany(SourceFile.Below)
            .Where(file => !allowed.Any(folder => $"{file.Folder}/".StartsWith(folder + "/", StringComparison.Ordinal)))
            .SelectMany(file => file.Naming(Marten()));

        Rule.Holds(offenders);
    }

    [Fact]
    public void The_two_programs_never_name_each_other()
    {
        var offenders = SourceFile.Below("recorder").SelectMany(file => file.Naming(Query()))
            .Concat(SourceFile.Below("query").SelectMany(file => file.Naming(Recorder())));

        Rule.Holds(offenders);
    }

    private static string Room(SourceFile file) => file.Path.Split('/')[1];

    private static bool Names(SourceFile file, string room, IEnumerable<string> types) =>
        Regex.IsMatch(file.Code, $@"\bSchema\.{room}\b")
        || Regex.IsMatch(file.Code, $@"(?<![.\w]){room}\.(?:{string.Join('|', types.Select(Regex.Escape))})\b");

    [GeneratedRegex("""\bSchema\.(?:Events|Changes|State|ReadModel)\b|\bRecorder\.(?:Store|Journal|Projections)\b|\bNpgsql\b""")]
    private static partial Regex WhatSourcesMustNotSee();

    [GeneratedRegex("""\b(?:using|global::)?\s*\b(?:Marten|JasperFx|Weasel)(?:\.\w|;)""")]
    private static partial Regex Marten();

    [GeneratedRegex("""\bNumaHistory\.Query\b""")]
    private static partial Regex Query();

    [GeneratedRegex("""\bNumaHistory\.Recorder\b""")]
    private static partial Regex Recorder();
}
