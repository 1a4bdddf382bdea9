namespace NumaHistory.Schema.Text;

/// <summary>A foreign word as one word of a POSIX shell.</summary>
public static class ShellWord
{
    /// <summary>The word as it is where a shell takes it so, else in single quotes: <c>'it'\''s'</c>.</summary>
    public static string Of(string text) => text.Length > 0 && text.All(IsPlain)
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ',' or ':' or '/' or '@' or '+' or '%';
}
