namespace NumaHistory.Schema.Connecting;

/// <summary>
/// postgresql://[user@][host[:port],...][/dbname][?keyword=value&amp;...], each part percent-encoded, as libpq reads
/// it.
/// </summary>
internal static class LibpqUri
{
    public static IReadOnlyDictionary<string, string> Parse(string text, string where)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (beforeQuery, query) = Split(rest, '?');
        var (authority, database) = Split(beforeQuery, '/');
        var at = authority.LastIndexOf('@');
        Put(found, "user", at < 0 ? "" : Decoded(authority[..at], where));
        Hosts(found, authority[(at + 1)..], where);
        Put(found, "dbname", Decoded(database ?? "", where));
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (keyword, value) = Split(pair, '=');
            if (value is null)
            {
                throw LibpqKeywords.Malformed(where, $"'{keyword}' in the URI has no value");
            }

            found[Decoded(keyword, where)] = Decoded(value, where);
        }

        // JDBC's word for sslmode=require; libpq takes it as well.
        if (found.Remove("ssl", out var ssl) && ssl == "true")
        {
            found.TryAdd("sslmode", "require");
        }

        return found;
    }

    private static void Hosts(Dictionary<string, string> found, string authority, string where)
    {
        if (authority.Length == 0)
        {
            return;
        }

        var parts = authority.Split(',').Select(HostAndPort).ToList();
        Put(found, "host", string.Join(',', parts.Select(part => Decoded(part.Host, where))));
        if (parts.Any(part => part.Port.Length > 0))
        {
            found["port"] = string.Join(',', parts.Select(part => Decoded(part.Port, where)));
        }
    }

    private static (string Host, string Port) HostAndPort(string text)
    {
        // [::1]:5432 is the only form of an IPv6 address in a URI.
        var closing = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var host = closing > 0 ? text[1..closing] : Split(text, ':').Head;
        var port = Split(closing > 0 ? text[(closing + 1)..] : text, ':').Tail ?? "";
        return (host, port);
    }

    private static void Put(Dictionary<string, string> found, string keyword, string value)
    {
        if (value.Length > 0)
        {
            found[keyword] = value;
        }
    }

    private static string Decoded(string text, string where)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                throw LibpqKeywords.Malformed(where, "a % in the URI is not followed by two hexadecimal digits");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static (string Head, string? Tail) Split(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
