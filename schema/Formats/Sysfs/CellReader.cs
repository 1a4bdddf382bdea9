using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads the cells of a host: one for each nodeN folder, or the one that a machine without them is.</summary>
internal sealed class CellReader(SysReader reader, CpuMasks masks)
{
    private readonly HostMemoryReader _memory = new(reader);
    private readonly IReadOnlyDictionary<int, int>? _tiers = MemoryTiers.Read(reader);

    public IReadOnlyList<(Cell Cell, CellMemory Memory)> Read()
    {
        var ids = reader.Numbers(SysReader.Nodes, "node") ?? [];
        if (ids.Count == 0)
        {
            return [_memory.Complete(new Cell(0, masks.Online, masks.Online), null)];
        }

        var online = reader.List($"{SysReader.Nodes}/online") is { IsEmpty: false } list ? list : CpuSet.Of(ids);
        foreach (var missing in online.Except(CpuSet.Of(ids)).Ranges())
        {
            reader.Problem($"{SysReader.Nodes}/online", $"cell {missing.First} is online but has no folder");
        }

        var columns = online.Members().ToList();
        return ids.Select(id => Cell(id, columns)).OfType<(Cell, CellMemory)>().ToList();
    }

    private (Cell Cell, CellMemory Memory)? Cell(int id, IReadOnlyList<int> online)
    {
        var folder = $"{SysReader.Nodes}/node{id}";
        if (reader.Folder(folder) is not { } names)
        {
            reader.Problem(folder, "is not a folder that can be read");
            return null;
        }

        var cpus = CellCpus.Read(reader, folder, names, masks.Online);
        var cell = new Cell(
            id,
            cpus,
            masks.Online is null ? null : cpus?.Intersect(masks.Online),
            Tier: _tiers is not null && _tiers.TryGetValue(id, out var tier) ? tier : null,
            Distances: Distances($"{folder}/distance", online),
            Access: CellAccessReader.Access(reader, folder, names),
            Caches: CellAccessReader.Caches(reader, folder, names));
        return _memory.Complete(cell, folder);
    }

    private IReadOnlyList<CellDistance>? Distances(string path, IReadOnlyList<int> online)
    {
        if (reader.Text(path, isStructure: true) is not { } row)
        {
            return null;
        }

        var distances = DistanceRow.Parse(row, online, out var fault);
        if (fault is not null)
        {
            reader.Problem(path, fault, 1);
        }

        return distances;
    }
}
