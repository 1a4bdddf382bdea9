using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>The largest guests that fit, one shape a line.</summary>
internal sealed class WhatFitsRendering : IRendering<WhatFitsItem>
{
    public string[] Fields =>
        ["host", "shape", "cells", "cpu", "smt", "pageSizeKiB", "vcpus", "memoryKiB", "mostMemoryKiB", "hostCells", "reason"];

    public IEnumerable<object?[]> Records(WhatFitsItem item) =>
    [
        [
            item.Host, item.Shape, item.Cells, Word(item.Cpu), item.Smt is { } smt ? Word(smt) : null, item.PageSizeKiB, item.Vcpus, item.MemoryKiB,
            item.MostMemoryKiB, item.HostCells, item.Reason,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<WhatFitsItem> items, Look look)
    {
        var table = new Table("shape", "vcpus", "memory", "on cells", "most memory", "why not");
        foreach (var item in items)
        {
            table.Row(
                item.Shape, item.Vcpus, Show.Size(item.MemoryKiB, look), item.HostCells?.ToString(), Show.Size(item.MostMemoryKiB, look), Show.Reason(item.Reason));
        }

        table.Write(output, look);
    }

    private static string Word(Enum word) => word.ToString().ToLowerInvariant();
}
