using System.Globalization;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// The postgres process that runs on a data folder, found by postmaster.pid and proven by its working folder.
/// </summary>
internal static class RunningServer
{
    /// <summary>
    /// The process id, or null. After a crash the number in postmaster.pid may belong to any other process: only one
    /// whose working folder is the cluster counts. A zombie, whose parent has not looked yet, has none.
    /// </summary>
    public static int? Find(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file))
        {
            return null;
        }

        var first = File.ReadLines(file).FirstOrDefault();
        return Number(first) is { } process && WorksIn(process, data) ? process : null;
    }

    /// <summary>
    /// Removes the lock files of a server that is gone. PostgreSQL does so itself unless another process has its number
    /// now.
    /// </summary>
    public static void Forget(string data, string socketFolder)
    {
        // Children of a killed server may still be there for a moment: then postgres has to see its lock file.
        if (Processes().Any(process => WorksIn(process, data)))
        {
            return;
        }

        File.Delete(Path.Combine(data, "postmaster.pid"));
        foreach (var file in Directory.GetFiles(socketFolder, ".s.PGSQL.*"))
        {
            File.Delete(file);
        }
    }

    public static bool IsAlive(int process, string data) => WorksIn(process, data);

    private static bool WorksIn(int process, string data)
    {
        try
        {
            var folder = Directory.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false);
            return folder?.FullName == RealPath(data);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Processes() => Directory.GetDirectories("/proc")
        .Select(folder => Number(Path.GetFileName(folder)))
        .OfType<int>();

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The kernel shows the folder without the links on the way to it.
    private static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target
            ? RealPath(target.FullName)
            : here;
    }
}
