using System.Text.Json;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract;

/// <summary>A whole question of placement in one document (CLI.md, PlacementProblem), as it was written.</summary>
public sealed record PlacementProblem(
    JsonElement? Id, PlacementPolicy? Policy, PlacementHost? Host, PlacementGuest? Guest, PlacementLimits? Limits, bool? AllowSharedCells)
{
    private const int MostCells = 1_024;
    private const int MostVcpus = 65_536;

    /// <summary>The question; throws JsonException with the path of a value that cannot be.</summary>
    public PlacementRequest Request()
    {
        var host = Host ?? throw new JsonException("$.host is missing");
        var guest = Guest ?? throw new JsonException("$.guest is missing");
        Refuse(host.Name is null, "$.host.name is missing");
        Refuse(host.Cells is null, "$.host.cells is missing");
        Refuse(host.Cells!.Count > MostCells, "$.host.cells are too many");
        Distinct(host.Cells, cell => cell?.Id, "$.host.cells");
        for (var i = 0; i < host.Cells.Count; i++)
        {
            Check(host.Cells[i], $"$.host.cells[{i}]");
        }

        Check(guest);
        Refuse(Limits?.CpuAllocationRatio is < 0 or > 1e6, "$.limits.cpuAllocationRatio is out of range");
        Refuse(Limits?.MemoryAllocationRatio is < 0 or > 1e6, "$.limits.memoryAllocationRatio is out of range");
        return new PlacementRequest(host, guest, Limits, Policy, AllowSharedCells ?? false);
    }

    private static void Check(CellRoom cell, string path)
    {
        Refuse(cell.SharedCpuUsage is < 0 or > 1e9, $"{path}.sharedCpuUsage is out of range");
        Refuse(!IsMemory(cell.MemoryKiB) || !IsMemory(cell.MemoryUsedKiB), $"{path} has memory out of range");
        Refuse(cell.Siblings?.Any(threads => threads is null) == true, $"{path}.siblings holds null");
        Refuse(
            cell.Siblings is { } cores && cores.Sum(threads => threads.Count) > cores.Aggregate(new CpuSetBuilder(), (all, threads) => all.AddAll(threads)).Build().Count,
            $"{path}.siblings name a CPU twice");
        Refuse(
            cell.Pages?.Any(pool => pool is null || pool.SizeKiB is <= 0 or > GivenTopology.MostKiB || !IsMemory(pool.Total)
                || !IsMemory(pool.Used) || !IsMemory(pool.Reserved)) == true,
            $"{path}.pages hold a number out of range");
        Refuse(cell.Distances?.Any(to => to is null || to.Distance is < 0 or > 1 << 20) == true, $"{path}.distances hold a number out of range");
        Refuse(cell.Resources?.Any(one => one.Value is < 0 or > GivenTopology.MostKiB) == true, $"{path}.resources hold a number out of range");
    }

    private static void Check(PlacementGuest guest)
    {
        if (guest.Cells is null)
        {
            Refuse(guest.Vcpus is null && guest.MemoryKiB is null, "$.guest has neither cells nor vcpus and memoryKiB");
            Refuse(guest.Vcpus is < 0 or > MostVcpus, "$.guest.vcpus is out of range");
            Refuse(!IsMemory(guest.MemoryKiB), "$.guest.memoryKiB is out of range");
            Refuse(guest.Resources?.Any(one => one.Value is < 0 or > GivenTopology.MostKiB) == true, "$.guest.resources hold a number out of range");
            return;
        }

        Refuse(guest.Cells.Count == 0, "$.guest.cells is empty: name a cell, or leave them to the placement with null");
        Refuse(guest.Cells.Count > MostCells, "$.guest.cells are too many");
        Distinct(guest.Cells, cell => cell?.Id, "$.guest.cells");
        var vcpus = CpuSet.Empty;
        for (var i = 0; i < guest.Cells.Count; i++)
        {
            Check(guest.Cells[i], $"$.guest.cells[{i}]", ref vcpus);
        }
    }

    private static void Check(CellDemand cell, string path, ref CpuSet vcpus)
    {
        foreach (var set in new[] { cell.SharedVcpus, cell.DedicatedVcpus }.OfType<CpuSet>())
        {
            Refuse(set.Overlaps(vcpus), $"{path} names a vCPU that is named before");
            Refuse(set.Last >= MostVcpus, $"{path} names a vCPU out of range");
            vcpus = vcpus.Union(set);
        }

        Refuse(!IsMemory(cell.MemoryKiB), $"{path}.memoryKiB is out of range");
        Refuse(cell.PageSizeKiB is <= 0 or > GivenTopology.MostKiB, $"{path}.pageSizeKiB is out of range");
        Refuse(cell.ReservedCpus is < 0 or > MostVcpus, $"{path}.reservedCpus is out of range");
        Refuse(cell.Resources?.Any(one => one.Value is < 0 or > GivenTopology.MostKiB) == true, $"{path}.resources hold a number out of range");
    }

    private static void Distinct<T>(IReadOnlyList<T> cells, Func<T, int?> id, string path)
    {
        var ids = new HashSet<int>();
        foreach (var cell in cells)
        {
            Refuse(id(cell) is not (>= 0 and <= CpuSet.MaxId), $"{path} holds an id out of range");
            Refuse(!ids.Add(id(cell)!.Value), $"{path} names an id twice");
        }
    }

    private static bool IsMemory(long? kib) => kib is null or (>= 0 and <= GivenTopology.MostKiB);

    private static void Refuse(bool isWrong, string why)
    {
        if (isWrong)
        {
            throw new JsonException(why);
        }
    }
}
