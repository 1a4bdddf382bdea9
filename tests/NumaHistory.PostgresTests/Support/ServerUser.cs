namespace NumaHistory.PostgresTests.Support;

/// <summary>PostgreSQL refuses to run as root: its folder is given to an ordinary user and its commands run as that one.</summary>
internal static class ServerUser
{
    /// <summary>Words to put before a command; none for an ordinary user.</summary>
    public static async Task<string> DropRootAsync(string folder, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "";
        }

        var accounts = await File.ReadAllLinesAsync("/etc/passwd", cancel);
        var account = new[] { "postgres", "nobody" }
            .Select(name => accounts.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal)))
            .OfType<string>()
            .First()
            .Split(':');
        await Shell.RunAsync(["chown", $"{account[2]}:{account[3]}", folder], cancel);
        return $"setpriv --reuid={account[2]} --regid={account[3]} --clear-groups";
    }
}
