using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The PostgreSQL programs of this machine, or of a package that is fetched when there are none.</summary>
internal sealed class PostgresSupply(Func<string, string?> environment, uint user, string state, Action<string> note)
{
    // The server of root runs as another user: root's own cache folder may be closed to it.
    private string Cache => user == 0
        ? "/var/cache/numahistory"
        : environment("XDG_CACHE_HOME") is { Length: > 0 } cache && cache[0] == '/' ? Path.Combine(cache, "numahistory")
        : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache", "numahistory")
        : Path.Combine(state, "cache");

    /// <summary>The programs for a cluster of a version, or for a new one (null).</summary>
    public async Task<PostgresBinaries> ForAsync(int? cluster, string data, CancellationToken cancel)
    {
        if (PostgresVersion.Choose(await FoundAsync(cancel), cluster, data) is { } here)
        {
            return here;
        }

        await new PostgresPackage(Cache, note).FetchAsync(cluster, cancel);
        return PostgresVersion.Choose(await FoundAsync(cancel), cluster, data) ?? throw new Refusal(
            ExitCode.StoreUnreachable,
            $"the PostgreSQL that was unpacked into {Cache} does not run on this machine",
            $"install postgresql-{cluster ?? PostgresVersion.Oldest}, or name a server with --db");
    }

    /// <summary>psql of the store's version, else of the newest, else the one on the PATH.</summary>
    public async Task<Tool> PsqlAsync(int? cluster, CancellationToken cancel)
    {
        var withPsql = (await FoundAsync(cancel)).Where(one => File.Exists(Path.Combine(one.Folder, "psql"))).ToList();
        var chosen = withPsql.Find(one => one.Major == cluster) ?? withPsql.MaxBy(one => one.Major);

        return chosen is null
            ? new Tool("psql", [])
            : new Tool(Path.Combine(chosen.Folder, "psql"), []) { Environment = chosen.Environment };
    }

    private Task<IReadOnlyList<PostgresBinaries>> FoundAsync(CancellationToken cancel) =>
        PostgresBinaries.FindAsync(environment("PATH"), PostgresPackage.Unpacked(Cache), cancel);
}
