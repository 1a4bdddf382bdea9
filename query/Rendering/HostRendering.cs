using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Hosts, one a line.</summary>
internal sealed class HostRendering : IRendering<HostItem>
{
    public string[] Fields =>
    [
        "host", "key", "architecture", "hypervisor", "bootId", "cells", "cpus", "memoryKiB", "firstSeen", "lastSeen",
    ];

    public IEnumerable<object?[]> Records(HostItem item) =>
    [
        [
            item.Host, item.Key, item.Architecture, item.Hypervisor, item.BootId, item.Cells, item.Cpus, item.MemoryKiB,
            item.FirstSeen,
            item.LastSeen,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<HostItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(
        [
            "host", "arch", "hypervisor", "cells", "cpus", Column.Right("memory"), "first seen", "last seen",
            .. look.Wide ? new Column[] { "boot", "key" } : [],
        ]);
        foreach (var item in items)
        {
            table.Row(
            [
                item.Host, item.Architecture, item.Hypervisor, item.Cells, item.Cpus, Show.Size(item.MemoryKiB, look),
                Show.Time(item.FirstSeen, look), Show.Time(item.LastSeen, look),
                .. look.Wide ? new object?[] { item.BootId, item.Key } : [],
            ]);
        }

        table.Write(output, look);
    }
}
