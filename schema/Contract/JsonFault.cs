using System.Text.Json;

namespace NumaHistory.Schema.Contract;

/// <summary>What was wrong with JSON, for people: the path and what was found, without the library's type names.</summary>
public static class JsonFault
{
    /// <summary>One line, without a full stop.</summary>
    public static string Words(JsonException error)
    {
        var text = error.Message;
        var end = text.IndexOf(" Path: ", StringComparison.Ordinal);
        var what = (end < 0 ? text : text[..end]).TrimEnd('.');
        what = what.Contains("could not be mapped", StringComparison.Ordinal) && what.Split('\'') is [_, var name, ..] ? $"there is no '{name}' here"
            : what.Contains("could not be converted", StringComparison.Ordinal) ? "the value is not of the kind that belongs here"
            : what.Contains("LineNumber", StringComparison.Ordinal) ? what[..what.IndexOf(" LineNumber", StringComparison.Ordinal)].TrimEnd('.', ' ')
            : what;
        return error.Path is { Length: > 1 } path && !what.StartsWith('$') ? $"{path}: {what}" : what;
    }
}
