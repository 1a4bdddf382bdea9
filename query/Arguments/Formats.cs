using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

internal static class Formats
{
    public static OutputFormat Parse(string? text, string verb) => (text?.ToLowerInvariant(), verb) switch
    {
        (null, "export") => OutputFormat.Jsonl,
        (null or "table", _) => OutputFormat.Table,
        ("wide", _) => OutputFormat.Wide,
        ("json", _) => OutputFormat.Json,
        ("jsonl", _) => OutputFormat.Jsonl,
        ("csv", _) => OutputFormat.Csv,
        ("xml", "topology" or "fit" or "place") => OutputFormat.Xml,
        ("virsh", "fit" or "place") => OutputFormat.Virsh,
        ("xl", "fit" or "place") => OutputFormat.Xl,
        ("pins", "place") => OutputFormat.Pins,
        ("xml", _) =>
            throw new Refusal(ExitCode.Usage, $"-o xml: {verb} has no XML form", "numa-history topology HOST -o xml"),
        ("virsh" or "xl", _) =>
            throw new Refusal(ExitCode.Usage, $"-o {text}: {verb} proposes no pinning", "numa-history fit GUEST --repair -o virsh"),
        _ => throw new Refusal(ExitCode.Usage, $"-o: '{Cleaned.Text(text)}' is not a format; there are table, wide, json, jsonl and csv{Own(verb)}"),
    };

    private static string Own(string verb) => verb switch
    {
        "place" => ", and xml, virsh, xl and pins for a pinning that is ready to use",
        "fit" => ", and xml, virsh and xl with --repair",
        "topology" => ", and xml",
        _ => "",
    };
}
