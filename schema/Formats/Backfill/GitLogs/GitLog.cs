using System.Globalization;

namespace NumaHistory.Schema.Formats.Backfill.GitLogs;

/// <summary>
/// What <c>git log --raw --no-abbrev --no-renames -z</c> prints in <see cref="Format"/>: text between NUL characters, so that no path and no name of an
/// author can be mistaken for anything else.
/// </summary>
public static class GitLog
{
    /// <summary>The format to ask for.</summary>
    public const string Format = "%x01%H%x00%P%x00%aI%x00%aN%x00%aE%x00%s";

    private const int Fields = 5;

    /// <summary>The commits in the order printed; throws <see cref="FormatException"/> for what git does not print.</summary>
    public static IReadOnlyList<GitCommit> Parse(string text)
    {
        var tokens = text.Split('\0');
        var commits = new List<GitCommit>();
        for (var at = 0; at < tokens.Length && tokens[at].Length > 0;)
        {
            if (tokens[at][0] != '\u0001' || at + Fields >= tokens.Length)
            {
                throw new FormatException($"'{tokens[at]}' is where a commit should begin");
            }

            var changes = new List<GitChange>();
            var commit = new GitCommit(
                tokens[at][1..], tokens[at + 1].Length > 0, Date(tokens[at + 2]), $"{tokens[at + 3]} <{tokens[at + 4]}>", tokens[at + Fields], changes);
            for (at += Fields + 1; at + 1 < tokens.Length && tokens[at].TrimStart('\n') is [':', ..] raw; at += 2)
            {
                changes.Add(Change(raw, tokens[at + 1]));
            }

            commits.Add(commit);
        }

        return commits;
    }

    private static GitChange Change(string raw, string path) => raw[1..].Split(' ') is [var modeBefore, var modeAfter, var before, var after, _]
        ? new GitChange(path, Content(modeBefore, before), Content(modeAfter, after))
        : throw new FormatException($"'{raw}' names no change of a file");

    // Links and submodules hold no definition of their own.
    private static string? Content(string mode, string id) => mode.StartsWith("100", StringComparison.Ordinal) ? id : null;

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new FormatException($"'{text}' is no date of an author");
}
