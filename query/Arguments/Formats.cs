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
        ("xml", "topology") => OutputFormat.Xml,
        ("xml", _) =>
            throw new Refusal(ExitCode.Usage, $"-o xml: {verb} has no XML form", "numa-history topology HOST -o xml"),
        _ => throw new Refusal(
            ExitCode.Usage, $"-o: '{Cleaned.Text(text)}' is not a format; there are table, wide, json, jsonl and csv"),
    };
}
