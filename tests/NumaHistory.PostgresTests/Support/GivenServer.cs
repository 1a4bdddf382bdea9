using Npgsql;

namespace NumaHistory.PostgresTests.Support;

/// <summary>A server somebody else runs, named by libpq keywords or a postgresql:// URI.</summary>
internal sealed class GivenServer(string connection) : ITestServer
{
    private static readonly Dictionary<string, string> NpgsqlNames = new()
    {
        ["hostaddr"] = "Host",
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
    };

    public string ConnectionString { get; } = Translate(connection);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Translate(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (var (keyword, value) in text.Contains("://", StringComparison.Ordinal) ? OfUri(new Uri(text)) : OfKeywords(text))
        {
            builder[NpgsqlNames.GetValueOrDefault(keyword, keyword)] = keyword == "sslmode" ? value.Replace("-", "") : value;
        }

        return builder.ConnectionString;
    }

    private static IEnumerable<(string Keyword, string Value)> OfUri(Uri uri)
    {
        var parts = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var pairs = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")));
        return new[]
            {
                ("host", Uri.UnescapeDataString(uri.Host)),
                ("port", uri.Port > 0 ? $"{uri.Port}" : ""),
                ("user", parts[0]),
                ("password", parts.ElementAtOrDefault(1) ?? ""),
                ("dbname", Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'))),
            }
            .Where(pair => pair.Item2.Length > 0)
            .Concat(pairs);
    }

    private static IEnumerable<(string Keyword, string Value)> OfKeywords(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (pair[0], (pair.ElementAtOrDefault(1) ?? "").Trim('\'')));
}
