using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>The hosts that parameter $1 means: one by name or key, several by keys, or all of them.</summary>
internal sealed class HostFilter
{
    /// <summary>Where $1 is a name, a key, or null for all.</summary>
    public const string Keys =
        "(select h.host_key from numa.host h where $1::text is null or h.name = $1 or h.host_key = $1)";

    private const string Listed = "(select unnest(string_to_array($1, ',')))";

    private readonly string? _parameter;

    private HostFilter(string sql, string? parameter) => (Sql, _parameter) = (sql, parameter);

    public static HostFilter All { get; } = Named(null);

    /// <summary>The keys in parentheses.</summary>
    public string Sql { get; }

    public bool IsAll => _parameter is null;

    public static HostFilter Named(string? word) => new(Keys, word);

    // As text: no host's key holds a comma, and the driver needs no arrays then.
    public static HostFilter Of(IEnumerable<string> keys) => new(Listed, string.Join(',', keys));

    public NpgsqlBatchCommand Ask(string sql) => new NpgsqlBatchCommand(sql).With(_parameter);
}
