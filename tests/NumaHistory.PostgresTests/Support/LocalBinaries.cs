namespace NumaHistory.PostgresTests.Support;

/// <summary>The folder that holds initdb and postgres on this machine: the newest installed version.</summary>
internal static class LocalBinaries
{
    private const string Installed = "/usr/lib/postgresql";

    public static string Find() =>
        Installations().Concat(Path()).FirstOrDefault(folder => File.Exists(System.IO.Path.Combine(folder, "initdb")))
        ?? throw new InvalidOperationException(
            $"no PostgreSQL binaries here; install postgresql-15 or set {TestServers.Variable} to docker or a connection");

    private static IEnumerable<string> Installations() =>
        !Directory.Exists(Installed) ? [] : Directory.GetDirectories(Installed)
            .OrderByDescending(folder => int.TryParse(System.IO.Path.GetFileName(folder), out var major) ? major : 0)
            .Select(folder => System.IO.Path.Combine(folder, "bin"));

    private static string[] Path() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
}
