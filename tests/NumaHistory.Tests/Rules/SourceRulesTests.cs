using System.Text.RegularExpressions;

namespace NumaHistory.Tests.Rules;

public sealed partial class SourceRulesTests
{
    private static readonly string[] Rooms = ["schema", "recorder", "query"];
    private static readonly string[] Everything = [.. Rooms, "tests"];

    private static readonly Dictionary<string, string> Namespaces = new()
    {
        ["schema"] = "NumaHistory.Schema",
        ["recorder"] = "NumaHistory.Recorder",
        ["query"] = "NumaHistory.Query",
        ["tests"] = "",
    };

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        var offenders = Everything.SelectMany(SourceFile.Below)
            .Where(file => !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal))
            .Select(file => (file, expected: NamespaceOf(file.Folder), seen: Declared().Match(file.Text).Groups[1].Value))
            .Where(found => found.seen != found.expected)
            .Select(found => $"{found.file}: namespace '{found.seen}', expected '{found.expected}'");

        Rule.Holds(offenders);
    }

    [Fact]
    public void No_file_is_longer_than_300_lines()
    {
        var offenders = Everything.SelectMany(SourceFile.Below)
            .Where(file => file.Lines > 300)
            .Select(file => $"{file}: {file.Lines} lines");

        Rule.Holds(offenders);
    }

    [Fact]
    public void A_file_holds_one_public_type()
    {
        var offenders = Rooms.SelectMany(SourceFile.Below)
            .Select(file => (file, types: PublicType().Matches(file.Code).Select(match => match.Groups[1].Value).ToList()))
            .Where(found => found.types.Count > 1)
            .Select(found => $"{found.file}: {string.Join(", ", found.types)}");

        Rule.Holds(offenders);
    }

    [Fact]
    public void Nobody_asks_the_machine_for_the_time_behind_the_clock_that_was_handed_in()
    {
        var offenders = Everything.SelectMany(SourceFile.Below).SelectMany(file => file.Naming(Now()));

        Rule.Holds(offenders);
    }

    [Fact]
    public void Numa_history_asks_its_questions_in_the_folder_Reading_only()
    {
        var offenders = SourceFile.Below("query")
            .Where(file => !file.Path.StartsWith("query/Reading/", StringComparison.Ordinal))
            .SelectMany(file => file.Naming(Sql()));

        Rule.Holds(offenders);
    }

    private static string NamespaceOf(string folder)
    {
        var parts = folder.Split('/');
        return string.Join('.', parts.Skip(1).Prepend(Namespaces[parts[0]]).Where(part => part.Length > 0));
    }

    [GeneratedRegex("""^namespace ([\w.]+);$""", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex("""^public [\w ]*\b(?:class|record|struct|interface|enum|delegate) (?:struct )?(\w+)""", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex("""\bDateTime(?:Offset)?\.(?:Utc)?(?:Now|Today)\b""")]
    private static partial Regex Now();

    // A table or view of the read contract, or a statement over the catalogue.
    [GeneratedRegex("""\b(?:numa|history|pg_catalog|information_schema)\.[a-z]\w*|\bselect\s[^;"]{1,200}?\sfrom\s""")]
    private static partial Regex Sql();
}
