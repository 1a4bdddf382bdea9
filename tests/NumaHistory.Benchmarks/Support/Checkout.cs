namespace NumaHistory.Benchmarks.Support;

/// <summary>Where the checkout lies that this was built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("no folder above this program holds NumaHistory.sln")
        : File.Exists(Path.Combine(folder.FullName, "NumaHistory.sln")) ? folder.FullName
        : Find(folder.Parent);
}
