namespace NumaHistory.Schema.Connecting;

/// <summary>
/// Looks at a connection text before it is understood: one that holds a password is refused and never repeated.
/// </summary>
public static class ConnectionText
{
    /// <summary>The next step for somebody who wrote a password on a command line.</summary>
    public const string PasswordHint =
        "put the password into a file that PGPASSFILE names (default ~/.pgpass, mode 0600)";

    /// <summary>What is wrong, without the text itself. Where: the option or variable it stood in.</summary>
    public static string PasswordMessage(string where) =>
        $"{where} holds a password, which every user of this machine could read in the process list";

    /// <summary>Whether the text has a password keyword, or a URI with one.</summary>
    public static bool HoldsPassword(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var authority = text[(scheme + 3)..];
            var end = authority.AsSpan().IndexOfAny('/', '?');
            var user = end < 0 ? authority : authority[..end];
            var at = user.LastIndexOf('@');
            if (at >= 0 && user[..at].Contains(':', StringComparison.Ordinal))
            {
                return true;
            }
        }

        // sslpassword is a secret as well.
        return HasKeyword(text, "password") || HasKeyword(text, "pwd");
    }

    internal static bool IsSecret(string keyword) => keyword is "password" or "sslpassword";

    private static bool HasKeyword(string text, string keyword)
    {
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOf(keyword, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            rest = rest[(at + keyword.Length)..].TrimStart();
            if (rest.StartsWith("="))
            {
                return true;
            }
        }

        return false;
    }
}
