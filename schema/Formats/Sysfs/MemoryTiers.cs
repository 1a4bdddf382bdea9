namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// The memory tier of each cell, sys/devices/virtual/memory_tiering/memory_tierN/nodelist; a lower tier is faster.
/// </summary>
internal static class MemoryTiers
{
    private const string Folder = "sys/devices/virtual/memory_tiering";
    private const string Prefix = "memory_tier";

    /// <summary>Tier by cell id; null where the kernel has no tiers.</summary>
    public static IReadOnlyDictionary<int, int>? Read(SysReader reader)
    {
        if (reader.Numbers(Folder, Prefix) is not { } tiers)
        {
            return null;
        }

        var cells = new Dictionary<int, int>();
        foreach (var tier in tiers)
        {
            foreach (var cell in reader.List($"{Folder}/{Prefix}{tier}/nodelist")?.Members() ?? [])
            {
                cells[cell] = tier;
            }
        }

        return cells;
    }
}
