using System.Text;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Connecting;

/// <summary>
/// The parameters of a connection in libpq's own words (host, port, dbname, user, sslmode ...), as text and back.
/// </summary>
public static class LibpqKeywords
{
    /// <summary>
    /// Reads `keyword = value` pairs or a postgresql:// URI. Where: the option, variable or file, for the refusal.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Parse(string text, string where)
    {
        if (ConnectionText.HoldsPassword(text))
        {
            throw new Refusal(ExitCode.Usage, ConnectionText.PasswordMessage(where), ConnectionText.PasswordHint);
        }

        var isUri = text.StartsWith("postgresql://", StringComparison.Ordinal)
            || text.StartsWith("postgres://", StringComparison.Ordinal);
        var found = isUri ? LibpqUri.Parse(text, where) : Pairs(text, where);

        // A keyword in a URI may be percent-encoded.
        return found.Keys.Any(ConnectionText.IsSecret)
            ? throw new Refusal(ExitCode.Usage, ConnectionText.PasswordMessage(where), ConnectionText.PasswordHint)
            : found;
    }

    /// <summary>The parameters as a keyword string that psql takes.</summary>
    public static string Print(IReadOnlyDictionary<string, string> parameters) =>
        string.Join(' ', parameters.Select(one => $"{one.Key}={Quoted(one.Value)}"));

    internal static Refusal Malformed(string where, string what) => new(
        ExitCode.Usage,
        $"{where}: {what}",
        "write it like 'host=db.example dbname=numahistory' or postgresql://db.example/numahistory");

    private static Dictionary<string, string> Pairs(string text, string where)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 0;
        while (Skipped(text, ref at))
        {
            var equals = text.IndexOf('=', at);
            var keyword = equals < 0 ? "" : text[at..equals].TrimEnd();
            if (keyword.Length == 0 || keyword.Any(char.IsWhiteSpace))
            {
                throw Malformed(where, "not libpq keywords and not a postgresql:// URI");
            }

            at = equals + 1;
            var value = Value(text, ref at) ?? throw Malformed(where, $"the quote after {keyword}= does not end");
            found[keyword] = value;
        }

        return found;
    }

    private static bool Skipped(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length;
    }

    private static string? Value(string text, ref int at)
    {
        _ = Skipped(text, ref at);
        var quoted = at < text.Length && text[at] == '\'';
        at += quoted ? 1 : 0;
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (quoted ? text[at] == '\'' : char.IsWhiteSpace(text[at]))
            {
                at++;
                return value.ToString();
            }

            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            value.Append(text[at]);
        }

        return quoted ? null : value.ToString();
    }

    private static string Quoted(string value) =>
        value.Length > 0 && !value.Any(c => char.IsWhiteSpace(c) || c is '\'' or '\\')
            ? value
            : $"'{Escaped(Escaped(value, '\\'), '\'')}'";

    private static string Escaped(string value, char mark) => value.Replace(
        $"{mark}",
        $"\\{mark}",
        StringComparison.Ordinal);
}
