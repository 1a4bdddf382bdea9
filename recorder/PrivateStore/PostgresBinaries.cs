namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// A folder with initdb and postgres of one version. Libraries: folders for LD_LIBRARY_PATH where they are not
/// installed.
/// </summary>
internal sealed record PostgresBinaries(string Folder, int Major, IReadOnlyList<string> Libraries)
{
    private const string Installed = "/usr/lib/postgresql";

    public string Postgres => Path.Combine(Folder, "postgres");

    public string Initdb => Path.Combine(Folder, "initdb");

    public IReadOnlyDictionary<string, string> Environment => Libraries.Count == 0
        ? new Dictionary<string, string>()
        : new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = string.Join(':', Libraries) };

    /// <summary>Everything that runs here: on the PATH, where Debian installs, and what was unpacked before.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(
        string? path, string unpacked, CancellationToken cancel)
    {
        var onPath = (path ?? "").Split(':').Where(folder => folder.StartsWith('/'));
        var folders = onPath
            .Concat(BelowVersions(Installed))
            .Select(RealFolder)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        var unpackedFolders = BelowVersions(unpacked + Installed);
        var candidates = folders.Select(folder => new PostgresBinaries(folder, 0, []))
            .Concat(unpackedFolders.Select(folder => new PostgresBinaries(folder, 0, LibraryFolders(unpacked))));
        var found = new List<PostgresBinaries>();
        foreach (var candidate in candidates.Where(candidate => File.Exists(candidate.Initdb)))
        {
            var version = new Tool(candidate.Postgres, ["--version"]) { Environment = candidate.Environment };
            var printed = await version.RunAsync(cancel);
            if (printed.Code == 0 && PostgresVersion.Major(printed.Output) is { } major)
            {
                found.Add(candidate with { Major = major });
            }
        }

        return found;
    }

    /// <summary>Where the libraries of unpacked packages lie: usr/lib/TRIPLET.</summary>
    public static IReadOnlyList<string> LibraryFolders(string unpacked)
    {
        var lib = Path.Combine(unpacked, "usr/lib");
        return Directory.Exists(lib) ? [.. Directory.GetDirectories(lib, "*-linux-*"), lib] : [];
    }

    private static IEnumerable<string> BelowVersions(string folder) =>
        Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(version => Path.Combine(version, "bin"))
            : [];

    // A link on the PATH leads to the folder that holds the rest of the installation.
    private static string? RealFolder(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, "postgres"));
        if (!file.Exists)
        {
            return null;
        }

        return Path.GetDirectoryName(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName);
    }
}
