using System.Globalization;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>The room that is left in a fleet, one host a line.</summary>
internal sealed class RoomRendering : IRendering<RoomItem>
{
    public string[] Fields => ["host", "freeCpus", "vcpus", "memoryKiB", "mostMemoryKiB", "fragmentation", "reason"];

    public IEnumerable<object?[]> Records(RoomItem item) =>
        [[item.Host, item.FreeCpus, item.Vcpus, item.MemoryKiB, item.MostMemoryKiB, item.Fragmentation, item.Reason]];

    public void Write(TextWriter output, IReadOnlyList<RoomItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table("host", "free cpus", "vcpus in a cell", "memory with them", "most memory", new Column("fragmented", true), "why not");
        foreach (var item in items)
        {
            table.Row(
                item.Host, item.FreeCpus, item.Vcpus, Show.Size(item.MemoryKiB, look), Show.Size(item.MostMemoryKiB, look),
                item.Fragmentation is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}%") : item.FreeCpus is 0 ? "" : null, Show.Reason(item.Reason));
        }

        table.Write(output, look);
    }
}
