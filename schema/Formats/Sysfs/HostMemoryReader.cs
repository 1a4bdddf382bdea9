using System.Globalization;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Reads meminfo files and huge page pools: totals for the topology, free memory for the sample, in one look.
/// </summary>
internal sealed class HostMemoryReader
{
    private const long LargestPageKiB = 1L << 40;
    private const long MostPages = 1L << 48;

    private readonly SysReader _reader;
    private readonly NodeMeminfo? _machine;
    private readonly IReadOnlyDictionary<int, ZoneMemory>? _zones;

    public HostMemoryReader(SysReader reader)
    {
        _reader = reader;
        _machine = Meminfo("proc/meminfo");
        _zones = reader.Text("proc/zoneinfo") is { } zones ? ZoneInfoText.Parse(zones) : null;
    }

    /// <summary>
    /// Adds memory to a cell; <paramref name="folder"/> is its node folder, null for a machine without any.
    /// </summary>
    public (Cell Cell, CellMemory Memory) Complete(Cell cell, string? folder)
    {
        var meminfo = folder is null ? _machine : Meminfo($"{folder}/meminfo");
        var pools = Pools(folder is null ? "sys/kernel/mm/hugepages" : $"{folder}/hugepages", meminfo);
        var movable = _zones?.GetValueOrDefault(cell.Id)?.MovableKiB(meminfo?.TotalKiB);
        return (
            cell with
            {
                MemoryKiB = meminfo?.TotalKiB,
                MovableKiB = movable,
                Pages = pools?.Select(pool => new PagePool(pool.SizeKiB, pool.Total)).ToList(),
            },
            new CellMemory(
                cell.Id,
                meminfo?.TotalKiB,
                meminfo?.FreeKiB,
                meminfo?.ReclaimableKiB,
                pools?.Select(pool => new FreePages(pool.SizeKiB, pool.Free)).ToList()));
    }

    private NodeMeminfo? Meminfo(string path)
    {
        if (_reader.Bytes(path) is not { } bytes)
        {
            return null;
        }

        var meminfo = NodeMeminfo.Parse(bytes);
        if (meminfo.Fault is { } fault)
        {
            _reader.Problem(path, fault.Describe(bytes), fault.Line);
        }

        if (bytes is [.., 0] && bytes.AsSpan().ContainsAnyExcept((byte)0))
        {
            var padding = bytes.Length - bytes.AsSpan().TrimEnd((byte)0).Length;
            _reader.Problem(path, $"ends in {padding} NUL bytes", kind: "ends in NUL bytes");
        }

        if (meminfo.FreeKiB > meminfo.TotalKiB)
        {
            _reader.Problem(path, $"{meminfo.FreeKiB} kB free of {meminfo.TotalKiB} kB cannot be true");
            return meminfo with { FreeKiB = null };
        }

        return meminfo;
    }

    private List<(long SizeKiB, long? Total, long? Free)>? Pools(string folder, NodeMeminfo? meminfo)
    {
        if (_reader.Folder(folder) is not { } names)
        {
            return DefaultPool(meminfo);
        }

        var pools = new List<(long, long?, long?)>();
        foreach (var name in names)
        {
            if (Size(name) is { } size)
            {
                pools.Add((size, Count($"{folder}/{name}/nr_hugepages"), Count($"{folder}/{name}/free_hugepages")));
            }
            else
            {
                _reader.Problem($"{folder}/{name}", "is not the name of a page size");
            }
        }

        pools.Sort();
        return pools;
    }

    // Kernels before 2.6.30 have the one pool of the default size, in meminfo. A cell without memory has no pool at
    // all.
    private List<(long SizeKiB, long? Total, long? Free)>? DefaultPool(NodeMeminfo? meminfo) =>
        meminfo is { TotalKiB: 0 }
            ? []
            : meminfo?.HugePagesTotal is { } total && _machine?.HugePageKiB is { } size and > 0
                ? [(size, total, meminfo.Value.HugePagesFree)]
                : null;

    private static long? Size(string name)
    {
        const string prefix = "hugepages-";
        const string suffix = "kB";
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(suffix, StringComparison.Ordinal)
            && name.Length > prefix.Length + suffix.Length
            && long.TryParse(
                name.AsSpan()[prefix.Length..^suffix.Length],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var size)
            && size is > 0 and <= LargestPageKiB
                ? size
                : null;
    }

    private long? Count(string path) => _reader.Number(path, 0, MostPages, isStructure: false);
}
