using System.Text.Json;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Connecting;

/// <summary>
/// Which store a command means. Parameters: libpq keywords of a server, or null for the private store of this user on
/// this machine. From: the option, variable or file that decided.
/// </summary>
public sealed record StoreAddress(IReadOnlyDictionary<string, string>? Parameters, string From)
{
    // PGUSER, PGPASSFILE and the like say how to connect; only these say where.
    private static readonly string[] Naming = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE"];

    private static readonly (string Variable, string Keyword)[] Defaults =
    [
        ("PGHOST", "host"), ("PGHOSTADDR", "hostaddr"), ("PGPORT", "port"), ("PGDATABASE", "dbname"),
        ("PGUSER", "user"),
        ("PGAPPNAME", "application_name"), ("PGSSLMODE", "sslmode"), ("PGSSLNEGOTIATION", "sslnegotiation"),
        ("PGCHANNELBINDING", "channel_binding"), ("PGREQUIREAUTH", "require_auth"),
        ("PGCONNECT_TIMEOUT", "connect_timeout"),
        ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ];

    /// <summary>True where no server is named anywhere.</summary>
    public bool IsPrivate => Parameters is null;

    /// <summary>
    /// The first of: the option, NUMAHISTORY_DB, PG variables, /etc/numahistory/config.json, the user's config.json;
    /// else the private store. File: answers a file's text, or null where there is none. A config file is {"db":
    /// "..."}.
    /// </summary>
    public static StoreAddress Resolve(string? option, Func<string, string?> environment, Func<string, string?> file)
    {
        if (option is { Length: > 0 })
        {
            return Of(option, "--db", environment);
        }

        if (environment("NUMAHISTORY_DB") is { Length: > 0 } variable)
        {
            return Of(variable, "NUMAHISTORY_DB", environment);
        }

        if (environment("PGSERVICE") is { Length: > 0 })
        {
            throw new Refusal(
                ExitCode.Usage,
                "PGSERVICE is set, but service files are not understood",
                "unset PGSERVICE and give the server with --db");
        }

        if (Naming.FirstOrDefault(name => environment(name) is { Length: > 0 }) is { } name)
        {
            return Of("", name, environment);
        }

        foreach (var path in ConfigFiles(environment))
        {
            if (file(path) is { } text && Configured(text, path) is { } db)
            {
                return Of(db, path, environment);
            }
        }

        return new StoreAddress(null, "private store");
    }

    /// <summary>
    /// The driver's connection string. Not for a private store: that one is known to its folder (PrivateStoreFile).
    /// </summary>
    public string ToNpgsql() =>
        NpgsqlText.Of(Parameters ?? throw new InvalidOperationException("a private store has no address"), From);

    private static StoreAddress Of(string text, string from, Func<string, string?> environment)
    {
        var parameters = new Dictionary<string, string>(LibpqKeywords.Parse(text, from), StringComparer.Ordinal);
        foreach (var (variable, keyword) in Defaults)
        {
            // A host given outright is not joined by an address from the environment.
            var isPlace = keyword is "host" or "hostaddr";
            var hasPlace = parameters.ContainsKey("host") || parameters.ContainsKey("hostaddr");
            if (environment(variable) is { Length: > 0 } value && !(isPlace && hasPlace))
            {
                parameters.TryAdd(keyword, value);
            }
        }

        var address = new StoreAddress(parameters, from);
        _ = address.ToNpgsql();
        return address;
    }

    private static IEnumerable<string> ConfigFiles(Func<string, string?> environment)
    {
        yield return "/etc/numahistory/config.json";
        if (environment("XDG_CONFIG_HOME") is { Length: > 0 } folder && folder[0] == '/')
        {
            yield return Path.Combine(folder, "numahistory", "config.json");
        }
        else if (environment("HOME") is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ".config", "numahistory", "config.json");
        }
    }

    private static string? Configured(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty("db", out var db) ? db.GetString() : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new Refusal(
                ExitCode.Usage,
                $"{path}: not a JSON object with a text member db",
                "write it like {\"db\": \"host=db.example dbname=numahistory\"}");
        }
    }
}
