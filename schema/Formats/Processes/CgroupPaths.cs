namespace NumaHistory.Schema.Formats.Processes;

/// <summary>Where the controllers of a process are, from its /proc/PID/cgroup.</summary>
public static class CgroupPaths
{
    /// <summary>
    /// The path of a controller of the first version below its mount, or, with no controller named, of the second version; null where the
    /// process is in none.
    /// </summary>
    public static string? Of(string text, string controller)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':', 3) is [var number, var controllers, var path]
                && (controller.Length == 0 ? number == "0" && controllers.Length == 0 : controllers.Split(',').Contains(controller)))
            {
                return path;
            }
        }

        return null;
    }
}
