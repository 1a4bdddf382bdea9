namespace NumaHistory.Tests.Support;

/// <summary>
/// Test data of peers that is not part of the repository: the folder shared/data near the checkout, or the one that
/// NUMAHISTORY_SHARED names (the folder shared or its data). A test that needs it is skipped, visibly, when it is
/// absent.
/// </summary>
public static class SharedData
{
    /// <summary>The data folder, or null when there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A file or folder of the data; skips the running test when it is absent.</summary>
    public static string Require(params ReadOnlySpan<string> parts)
    {
        var path = TryFind(parts);
        Assert.SkipWhen(path is null, $"shared data is not here: {string.Join('/', parts)} (set NUMAHISTORY_SHARED)");
        return path!;
    }

    /// <summary>
    /// A file or folder of the data, or null: for theory data, where no test runs yet that could be skipped.
    /// </summary>
    public static string? TryFind(params ReadOnlySpan<string> parts)
    {
        var path = Root is null ? null : Path.Combine([Root, .. parts]);
        return Path.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("NUMAHISTORY_SHARED");
        if (!string.IsNullOrEmpty(given))
        {
            return Directory.Exists(Path.Combine(given, "data")) ? Path.Combine(given, "data") : given;
        }

        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
