namespace NumaHistory.Tests.Recorder.Sampling;

/// <summary>A sysfs tree of two cells with two CPUs each, in a folder of its own, that a test may change.</summary>
internal sealed class SmallTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("numahistory-tree-");

    public SmallTree()
    {
        Write("proc/sys/kernel/random/boot_id", "00000000-0000-4000-8000-000000000001\n");
        foreach (var list in new[] { "possible", "present", "online" })
        {
            Write($"sys/devices/system/cpu/{list}", "0-3\n");
        }

        Write("sys/devices/system/node/online", "0-1\n");
        Cell(0, "0-1", "3\n", "10 20\n");
        Cell(1, "2-3", "c\n", "20 10\n");
    }

    public string Root => _folder.FullName;

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // In place, as a kernel does: handles that are kept see the new text.
        using var file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    public void Memory(int cell, long total, long free) => Write(
        $"sys/devices/system/node/node{cell}/meminfo",
        $"Node {cell} MemTotal:       {total} kB\nNode {cell} MemFree:        {free} kB\n");

    /// <summary>Takes the last CPU of cell 1 offline, as far as the lists of the kernel show it.</summary>
    public void Offline(int cpu)
    {
        Write("sys/devices/system/cpu/online", $"0-{cpu - 1}\n");
        Write("sys/devices/system/node/node1/cpulist", "2\n");
        Write("sys/devices/system/node/node1/cpumap", "4\n");
    }

    /// <summary>Leaves no cell that says anything of its memory.</summary>
    public void Empty()
    {
        Write("sys/devices/system/node/node0/meminfo", "");
        Write("sys/devices/system/node/node1/meminfo", "");
    }

    public void Refill()
    {
        Memory(0, 1_000_000, 500_000);
        Memory(1, 1_000_000, 500_000);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Cell(int id, string cpus, string map, string distances)
    {
        Write($"sys/devices/system/node/node{id}/cpulist", cpus + "\n");
        Write($"sys/devices/system/node/node{id}/cpumap", map);
        Write($"sys/devices/system/node/node{id}/distance", distances);
        Memory(id, 1_000_000, 500_000);
    }
}
