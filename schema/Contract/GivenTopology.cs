using System.Text.Json;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract;

/// <summary>
/// Topologies and memory that somebody wrote by hand: put in canonical order, missing masks unknown, refused with the path of a value
/// that cannot be.
/// </summary>
public static class GivenTopology
{
    /// <summary>The largest amount of memory that is believed, KiB (an exbibyte).</summary>
    public const long MostKiB = 1L << 50;

    /// <summary>The topology with both fingerprints; throws JsonException.</summary>
    public static HostTopology? Checked(HostTopology? given, string path)
    {
        if (given is null)
        {
            return null;
        }

        Ids(given.Cells, cell => cell?.Id, $"{path}.cells");
        Ids(given.CpuInfo, cpu => cpu?.Id, $"{path}.cpuInfo");
        Refuse(given.Devices?.Any(device => device?.Address is null) == true, $"{path}.devices holds one without an address");
        foreach (var cell in given.Cells ?? [])
        {
            Refuse(!IsMemory(cell.MemoryKiB) || !IsMemory(cell.MovableKiB), $"{path}: cell {cell.Id} has memory out of range");
            Refuse(
                cell.Pages?.Any(pool => pool is null || pool.SizeKiB is <= 0 or > MostKiB || pool.Total is < 0 or > 1L << 40 || !IsProduct(pool)) == true,
                $"{path}: cell {cell.Id} has page pools out of range");
            Refuse(cell.Distances?.Any(to => to is null) == true, $"{path}: cell {cell.Id} has distances out of range");
        }

        return HostTopology.Of(given.Cpus ?? new CpuMasks(), given.Cells, given.CpuInfo, given.Devices);
    }

    /// <summary>The memory; throws JsonException.</summary>
    public static ObservedMemory? Checked(ObservedMemory? given, string path)
    {
        if (given is null)
        {
            return null;
        }

        Refuse(given.Cells is null, $"{path}.cells is missing");
        Ids(given.Cells, cell => cell?.Id, $"{path}.cells");
        foreach (var cell in given.Cells!)
        {
            Refuse(
                !IsMemory(cell.TotalKiB) || !IsMemory(cell.FreeKiB) || !IsMemory(cell.ReclaimableKiB)
                    || cell.Pages?.Any(pages => pages is null || pages.Free is < 0 or > 1L << 40) == true,
                $"{path}: cell {cell.Id} has memory out of range");
        }

        return given;
    }

    private static bool IsProduct(PagePool pool) => pool.Total is null or 0 || pool.SizeKiB <= MostKiB / pool.Total;

    private static bool IsMemory(long? kib) => kib is null or (>= 0 and <= MostKiB);

    private static void Ids<T>(IReadOnlyList<T>? items, Func<T, int?> id, string path)
    {
        var ids = (items ?? []).Select(id).ToList();
        Refuse(ids.Exists(one => one is null or < 0 or > CpuSet.MaxId), $"{path} holds an id out of range");
        if (ids.GroupBy(one => one).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new JsonException($"{path} holds the id {twice.Key} twice");
        }
    }

    private static void Refuse(bool isWrong, string why)
    {
        if (isWrong)
        {
            throw new JsonException(why);
        }
    }
}
