using System.Globalization;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>Finds and opens the files that a pass reads, in the same places as the full look at a host.</summary>
internal sealed class CellFilesOpener(string root, List<Problem> problems)
{
    private const string Nodes = "sys/devices/system/node";
    private const string Machine = "proc/meminfo";
    private const string MachinePools = "sys/kernel/mm/hugepages";

    private readonly byte[] _buffer = new byte[CellMemoryReader.BufferLength];
    private NodeMeminfo? _machine;

    public CellFiles[] Open()
    {
        _machine = Look(Machine);
        var ids = Folders(Nodes).Select(name => Number(name, "node", "")).OfType<long>().Order().ToList();
        return ids.Count == 0
            ? [OpenCell(0, Machine, MachinePools)]
            : [.. ids.Select(id => OpenCell((int)id, $"{Nodes}/node{id}/meminfo", $"{Nodes}/node{id}/hugepages"))];
    }

    private CellFiles OpenCell(int id, string meminfo, string pools) =>
        new(id, meminfo, TryOpen(meminfo), OpenPools(pools, meminfo == Machine ? _machine : Look(meminfo)));

    private List<PoolFile>? OpenPools(string folder, NodeMeminfo? meminfo)
    {
        var standard = _machine?.HugePageKiB;
        if (Directory.Exists(At(folder)))
        {
            return [.. Folders(folder)
                .Select(name => (Name: name, Size: Number(name, "hugepages-", "kB")))
                .Where(pool => pool.Size > 0)
                .OrderBy(pool => pool.Size)
                .Select(pool => OpenPool($"{folder}/{pool.Name}", pool.Size!.Value, standard, meminfo))];
        }

        // Kernels before 2.6.30 have the one pool of the default size, in meminfo. A cell without memory has no pool.
        return meminfo is { TotalKiB: 0 } ? []
            : meminfo?.HugePagesTotal is not null && standard is { } size and > 0
                ? [new PoolFile(size, PoolSource.Meminfo, folder, null)]
            : null;
    }

    private PoolFile OpenPool(string folder, long size, long? standard, NodeMeminfo? meminfo)
    {
        var path = $"{folder}/free_hugepages";
        if (size == standard && meminfo?.HugePagesFree is not null)
        {
            return new PoolFile(size, PoolSource.Meminfo, path, null);
        }

        if (Count($"{folder}/nr_hugepages") == 0)
        {
            return new PoolFile(size, PoolSource.Empty, path, null);
        }

        var file = TryOpen(path);
        return new PoolFile(size, file is null ? PoolSource.Unknown : PoolSource.File, path, file);
    }

    private NodeMeminfo? Look(string path)
    {
        using var file = File.Exists(At(path)) ? TryOpen(path, quiet: true) : null;
        var length = file?.Read(_buffer) ?? -1;
        return length < 0 ? null : NodeMeminfo.Parse(_buffer.AsSpan(0, length));
    }

    private long? Count(string path)
    {
        using var file = TryOpen(path, quiet: true);
        var length = file?.Read(_buffer) ?? -1;
        return length < 0 ? null : PageCount.Parse(_buffer.AsSpan(0, length));
    }

    private KeptFile? TryOpen(string path, bool quiet = false)
    {
        try
        {
            return KeptFile.Open(At(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!quiet)
            {
                problems.Add(new Problem(path, null, fault is FileNotFoundException or DirectoryNotFoundException
                    ? "is not there"
                    : "cannot be opened"));
            }

            return null;
        }
    }

    private IEnumerable<string> Folders(string path) => Directory.Exists(At(path))
        ? Directory.EnumerateDirectories(At(path)).Select(Path.GetFileName).OfType<string>()
        : [];

    private string At(string path) => Path.Combine(root, path);

    private static long? Number(string name, string prefix, string suffix) =>
        name.Length > prefix.Length + suffix.Length
        && name.StartsWith(prefix, StringComparison.Ordinal)
        && name.EndsWith(suffix, StringComparison.Ordinal)
        && int.TryParse(
            name.AsSpan()[prefix.Length..^suffix.Length],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;
}
