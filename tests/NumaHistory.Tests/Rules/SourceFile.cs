using System.Text.RegularExpressions;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Rules;

/// <summary>A source file of the checkout, as the rules read it.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The text without comments, so that prose breaks no rule.</summary>
    public string Code { get; } = Comment().Replace(Text, "");

    /// <summary>The folder, from the root of the checkout: <c>schema/Formats/Sysfs</c>.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public int Lines => Text.Count(character => character == '\n');

    /// <summary>Every C# file below a folder, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Below(string folder) =>
        [.. Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Repository.At(path))))];

    /// <summary>The file and what was found in it, one entry a match: what a failing rule shows.</summary>
    public IEnumerable<string> Naming(Regex forbidden) =>
        forbidden.Matches(Code).Select(match => $"{Path}: {match.Value.ReplaceLineEndings(" ")}");

    public override string ToString() => Path;

    [GeneratedRegex("""^\s*//.*$""", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
