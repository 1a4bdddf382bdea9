using System.Globalization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Connecting;

/// <summary>Connection parameters in libpq's words, written as the key=value string that the driver reads.</summary>
public static class NpgsqlText
{
    private const string LocalFolder = "/var/run/postgresql";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["application_name"] = "Application Name",
        ["fallback_application_name"] = "Application Name",
        ["sslmode"] = "SSL Mode",
        ["sslnegotiation"] = "SSL Negotiation",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["channel_binding"] = "Channel Binding",
        ["require_auth"] = "Require Auth",
        ["gssencmode"] = "GSS Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
        ["target_session_attrs"] = "Target Session Attributes",
        ["load_balance_hosts"] = "Load Balance Hosts",
    };

    // They tune, they do not protect: nothing is lost where the driver has its own way.
    private static readonly HashSet<string> Tuning =
    [
        "client_encoding", "gsslib", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "sslcompression", "sslsni", "tcp_user_timeout",
    ];

    /// <summary>
    /// A remote host without sslmode is held to a verified certificate. Where: for the refusal of what cannot be
    /// honoured.
    /// </summary>
    public static string Of(IReadOnlyDictionary<string, string> parameters, string where)
    {
        var host = Host(parameters, where);
        var pairs = new List<string> { $"Host={Quoted(host)}" };
        if (parameters.GetValueOrDefault("port") is { Length: > 0 } port
            && !port.Contains(',', StringComparison.Ordinal))
        {
            // The driver does not take a port behind a socket's folder.
            pairs.Add($"Port={Port(port, where)}");
        }

        foreach (var (keyword, value) in parameters)
        {
            if (Names.TryGetValue(keyword, out var name))
            {
                pairs.Add($"{name}={Quoted(Value(keyword, value, where))}");
            }
            else if (keyword is not ("host" or "hostaddr" or "port") && !Tuning.Contains(keyword))
            {
                throw new Refusal(
                    ExitCode.Usage, $"{where}: '{keyword}' is not a connection keyword this program knows", null);
            }
        }

        if (!parameters.ContainsKey("sslmode") && host.Split(',').Any(IsRemote))
        {
            pairs.Add("SSL Mode=VerifyFull");
        }

        return string.Join(';', pairs);
    }

    private static string Host(IReadOnlyDictionary<string, string> parameters, string where)
    {
        var named = parameters.GetValueOrDefault("host") is { Length: > 0 } name ? name : null;
        var address = parameters.GetValueOrDefault("hostaddr") is { Length: > 0 } given ? given : null;
        if (named is not null && address is not null)
        {
            throw new Refusal(
                ExitCode.Usage, $"{where}: host and hostaddr together are not understood", "give host alone");
        }

        var hosts = (named ?? address ?? LocalFolder).Split(',');
        var ports = (parameters.GetValueOrDefault("port") ?? "").Split(',');
        if (ports.Length > 1 && ports.Length != hosts.Length)
        {
            throw new Refusal(
                ExitCode.Usage,
                $"{where}: {hosts.Length} hosts, but {ports.Length} ports",
                "give one port, or one for each host");
        }

        return string.Join(',', hosts.Select((host, i) => Endpoint(host, ports.Length == 1 ? "" : ports[i], where)));
    }

    private static string Endpoint(string host, string port, string where)
    {
        var folder = host.Length == 0 ? LocalFolder : host;
        var isSocket = folder[0] is '/' or '@';
        if (isSocket && port.Length > 0)
        {
            throw new Refusal(
                ExitCode.Usage,
                $"{where}: a socket folder among several ports is not understood",
                "give one port for all hosts");
        }

        var isAddress = !isSocket && folder.Contains(':', StringComparison.Ordinal);
        return $"{(isAddress ? $"[{folder}]" : folder)}{(port.Length > 0 ? $":{Port(port, where)}" : "")}";
    }

    private static string Port(string text, string where) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? text
            : throw new Refusal(
                ExitCode.Usage, $"{where}: '{text}' is not a port", "a port is a number from 1 to 65535");

    private static bool IsRemote(string host) =>
        !(host[0] is '/' or '@'
          || host == "localhost" || host.StartsWith("localhost:", StringComparison.Ordinal)
          || host.StartsWith("127.", StringComparison.Ordinal) || host.StartsWith("[::1]", StringComparison.Ordinal));

    private static string Value(string keyword, string value, string where) => keyword switch
    {
        "sslmode" => value is "disable" or "allow" or "prefer" or "require" or "verify-ca" or "verify-full"
            ? value.Replace("-", "", StringComparison.Ordinal)
            : throw new Refusal(
                ExitCode.Usage,
                $"{where}: '{value}' is not an sslmode",
                "use verify-full, verify-ca, require, prefer, allow or disable"),
        "target_session_attrs" => value.Replace("-", "", StringComparison.Ordinal),
        "load_balance_hosts" => value == "random" ? "true" : "false",
        "connect_timeout" =>
            int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Clamp(seconds, 0, 1024).ToString(CultureInfo.InvariantCulture)
            : throw new Refusal(ExitCode.Usage, $"{where}: connect_timeout '{value}' is not a number of seconds", null),
        _ => value,
    };

    private static string Quoted(string value) =>
        value.Length > 0 && !value.Any(c => char.IsWhiteSpace(c) || c is ';' or '=' or '\'' or '"')
            ? value
            : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
