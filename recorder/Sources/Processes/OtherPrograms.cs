using NumaHistory.Schema.Formats.Processes;

namespace NumaHistory.Recorder.Sources.Processes;

/// <summary>
/// The processes that are known not to be QEMU: their names need not be read at every look. One is believed only after two looks, since a process
/// that was just made still has the name of whoever made it.
/// </summary>
internal sealed class OtherPrograms
{
    private HashSet<int> _known = [];
    private HashSet<int> _once = [];

    /// <summary>The ids of QEMU processes among all that there are; a process that ended is forgotten.</summary>
    public IReadOnlyList<int> LeaveOut(IReadOnlyList<int> pids, Func<int, string?> name, bool anew)
    {
        var (known, once, left) = (new HashSet<int>(), new HashSet<int>(), new List<int>());
        foreach (var pid in pids)
        {
            if (!anew && _known.Contains(pid))
            {
                known.Add(pid);
            }
            else if (name(pid) is { } comm && QemuCommandLine.IsQemu(comm))
            {
                left.Add(pid);
            }
            else
            {
                (_once.Contains(pid) ? known : once).Add(pid);
            }
        }

        (_known, _once) = (known, once);
        return left;
    }
}
