using System.Globalization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// PostgreSQL for a machine that has none: the distribution's packages, downloaded and unpacked into a cache folder.
/// Nothing is installed and no right is needed; the server finds its files relative to its own place.
/// </summary>
internal sealed class PostgresPackage(string cache, Action<string> note)
{
    private const int Rounds = 5;

    /// <summary>The folder that stands for / in the unpacked packages.</summary>
    public static string Unpacked(string cache) => Path.Combine(cache, "postgresql");

    public async Task FetchAsync(int? cluster, CancellationToken cancel)
    {
        note($"no PostgreSQL on this machine; fetching the distribution's package into {cache} (nothing is installed)");
        var work = Path.Combine(cache, $"fetching-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(work);
            var apt = new Apt(work, Path.Combine(cache, "lists"));
            if (!await TryFetchAsync(apt, work, cluster, cancel))
            {
                note("the machine's package lists are missing or old; fetching own ones");
                await apt.UpdateAsync(cancel);
                if (!await TryFetchAsync(apt, work, cluster, cancel))
                {
                    throw Refused(cluster, apt.Complaint);
                }
            }

            Publish(work);
            note("PostgreSQL is unpacked");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(cluster, failure.Message, failure);
        }
        finally
        {
            Remove(work);
        }
    }

    private static async Task<bool> TryFetchAsync(Apt apt, string work, int? cluster, CancellationToken cancel)
    {
        var major = cluster ?? await NewestAsync(apt, cancel);
        var root = Path.Combine(work, "root");
        string[] packages = [$"postgresql-{major}", $"postgresql-client-{major}"];

        return major is not null
            && await apt.UnpackAsync(packages, root, cancel)
            && await AddLibrariesAsync(apt, packages, root, cancel);
    }

    private static async Task<int?> NewestAsync(Apt apt, CancellationToken cancel) =>
        (await apt.NamesAsync("postgresql-", cancel))
            .Select(name => Number(name["postgresql-".Length..]) ?? 0)
            .Where(major => major >= PostgresVersion.Oldest)
            .Select(major => (int?)major)
            .Max();

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<bool> AddLibrariesAsync(
        Apt apt, IReadOnlyList<string> packages, string root, CancellationToken cancel)
    {
        var have = packages.ToHashSet(StringComparer.Ordinal);
        var last = packages;
        for (var round = 0; round < Rounds; round++)
        {
            if (!await LacksLibrariesAsync(root, cancel))
            {
                return true;
            }

            // LLVM is needed by the just-in-time compiler alone, which is off; the C library is everywhere.
            var wanted = (await apt.DependenciesAsync(last, cancel))
                .Where(name => name.StartsWith("lib", StringComparison.Ordinal) && name != "libc6")
                .Where(name => !name.StartsWith("libllvm", StringComparison.Ordinal) && have.Add(name))
                .ToList();
            if (wanted.Count == 0 || !await apt.UnpackAsync(wanted, root, cancel))
            {
                return false;
            }

            last = wanted;
        }

        return false;
    }

    private static async Task<bool> LacksLibrariesAsync(string root, CancellationToken cancel)
    {
        var programs = Directory.GetDirectories(Path.Combine(root, "usr/lib/postgresql"))
            .SelectMany(
                version => new[] { "postgres", "initdb", "psql" }.Select(name => Path.Combine(version, "bin", name)));
        var libraries = new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', PostgresBinaries.LibraryFolders(root)),
        };
        var linked = await new Tool("ldd", [.. programs]) { Environment = libraries }.RunAsync(cancel);

        return linked.Output.Contains("not found", StringComparison.Ordinal);
    }

    private void Publish(string work)
    {
        var final = Unpacked(cache);
        if (Directory.Exists(final))
        {
            Directory.Delete(final, recursive: true);
        }

        Directory.Move(Path.Combine(work, "root"), final);
    }

    private static void Remove(string work)
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static Refusal Refused(int? cluster, string why, Exception? cause = null) => new(
        ExitCode.StoreUnreachable,
        $"no PostgreSQL on this machine, and its package could not be fetched: {why}",
        $"install it: apt-get install postgresql-{cluster ?? PostgresVersion.Oldest}; or name a server with --db",
        cause);
}
