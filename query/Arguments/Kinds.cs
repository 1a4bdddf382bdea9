using NumaHistory.Schema.Events;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

/// <summary>Kinds of events: stored names, or the family before the dot; several by commas.</summary>
internal static class Kinds
{
    public static IReadOnlyList<string>? Parse(string option, IReadOnlyList<string>? texts)
    {
        if (texts is null or [])
        {
            return null;
        }

        var names = EventNames.ByType.Values.ToList();
        var words = texts.SelectMany(text => text.Split(','));
        return [.. words.SelectMany(word => Named(option, word.Trim(), names)).Distinct()];
    }

    private static IReadOnlyList<string> Named(string option, string word, IReadOnlyList<string> names)
    {
        var family = word.TrimEnd('*').TrimEnd('.') + ".";
        var found = names.Where(name => name == word || name.StartsWith(family, StringComparison.Ordinal)).ToList();
        return found.Count > 0
            ? found
            : throw new Refusal(
                ExitCode.Usage,
                $"{option}: '{word}' is no kind of event; there are {string.Join(", ", names)}",
                Nearest.Of(word, names) is { } near ? $"did you mean {near}?" : null);
    }
}
