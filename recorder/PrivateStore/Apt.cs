namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// apt-get and dpkg-deb as a plain user: own cache, own lists if need be, no lock and nothing of the system changed.
/// </summary>
internal sealed class Apt(string work, string lists)
{
    private bool hasOwnLists = Directory.Exists(lists);

    /// <summary>What apt said when it last failed.</summary>
    public string Complaint { get; private set; } = "the package is not in the lists";

    public async Task UpdateAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        hasOwnLists = true;
        _ = await RunAsync("apt-get", ["update", "-q"], work, cancel);
    }

    public async Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancel) =>
        Lines(await RunAsync("apt-cache", ["pkgnames", prefix], work, cancel));

    public async Task<IReadOnlyList<string>> DependenciesAsync(
        IReadOnlyList<string> packages, CancellationToken cancel) =>
    [
        .. Lines(await RunAsync("apt-cache", ["depends", .. packages], work, cancel))
            .Where(line => line.StartsWith("Depends: ", StringComparison.Ordinal)
                || line.StartsWith("PreDepends: ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether all packages were downloaded and unpacked below the root.</summary>
    public async Task<bool> UnpackAsync(IReadOnlyList<string> packages, string root, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, $"packages-{packages[0]}")).FullName;
        var download = await RunAsync("apt-get", ["download", "-q", .. packages], folder, cancel);
        if (download.Code != 0)
        {
            return false;
        }

        foreach (var file in Directory.GetFiles(folder, "*.deb"))
        {
            if ((await RunAsync("dpkg-deb", ["-x", file, root], folder, cancel)).Code != 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<ToolResult> RunAsync(string program, string[] arguments, string folder, CancellationToken cancel)
    {
        string[] options = program == "dpkg-deb"
            ? []
            : ["-o", $"Dir::Cache={work}", "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root", .. OwnLists()];
        Directory.CreateDirectory(Path.Combine(work, "archives", "partial"));
        var result = await new Tool(program, [.. options, .. arguments]) { Folder = folder }.RunAsync(cancel);
        Complaint = result.Code == 0 ? Complaint : $"{program}: {result.Complaint}";
        return result;
    }

    private string[] OwnLists() => hasOwnLists ? ["-o", $"Dir::State::lists={lists}"] : [];

    private static List<string> Lines(ToolResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
