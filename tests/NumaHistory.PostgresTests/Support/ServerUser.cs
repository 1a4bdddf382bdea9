namespace NumaHistory.PostgresTests.Support;

/// <summary>PostgreSQL refuses to run as root: root runs it as an ordinary user.</summary>
internal static class ServerUser
{
    /// <summary>The account as uid:gid; empty for somebody who is an ordinary user already.</summary>
    public static async Task<string> FindAsync(CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "";
        }

        var accounts = await File.ReadAllLinesAsync("/etc/passwd", cancel);
        return new[] { "postgres", "nobody" }
            .Select(name => accounts.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal)))
            .OfType<string>()
            .Select(line => line.Split(':'))
            .Select(fields => $"{fields[2]}:{fields[3]}")
            .First();
    }
}
