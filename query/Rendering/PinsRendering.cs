using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Pins in force, a line for each guest and layer.</summary>
internal sealed class PinsRendering : IRendering<PinsItem>
{
    public string[] Fields =>
    [
        "guest", "host", "layer", "vcpus", "cpus", "pins", "emulator", "iothreads", "memoryKiB", "memoryMode", "memoryCells", "exclusive",
        "origin", "since", "decidedBy", "why", "reserved",
    ];

    public IEnumerable<object?[]> Records(PinsItem item) =>
    [
        [
            item.Pins.Guest, item.Host, PinWords.Layer(item.Pins.Layer), item.Pins.Vcpus?.Current, item.Pins.Cpus, PinWords.Vcpus(item.Pins), item.Pins.Emulator,
            PinWords.Iothreads(item.Pins), item.Pins.MemoryKiB, item.Pins.Memory is { } memory ? PinWords.Mode(memory.Mode) : null, item.Pins.Memory?.Cells,
            item.Pins.Exclusive, item.Origin, item.Since, item.DecidedBy, item.Why, item.Pins.Reserved,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<PinsItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(
        [
            "guest", "host", "layer", "vcpu=cpus", "emulator", "memory", "exclusive", "origin", "since", "decided by", "why",
            .. look.Wide ? new Column[] { "inherited", "iothreads", "reserved", "uuid" } : [],
        ]);
        foreach (var item in items)
        {
            var pins = item.Pins;
            table.Row(
            [
                pins.Guest, item.Host, PinWords.Layer(pins.Layer), PinWords.Vcpus(pins), pins.Emulator?.ToString() ?? "",
                PinWords.Memory(pins) ?? "",
                pins.Exclusive == true ? "yes" : "", item.Origin, Show.Time(item.Since, look), item.DecidedBy ?? "", item.Why ?? "",
                .. look.Wide ? new object?[] { pins.Cpus?.ToString() ?? "all", PinWords.Iothreads(pins), pins.Reserved?.ToString() ?? "", pins.Uuid } : [],
            ]);
        }

        table.Write(output, look);
    }
}
