using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Topology;
using static NumaHistory.Tests.Hosts.Answers;

namespace NumaHistory.Tests.Hosts;

/// <summary>Compares with numactl, libvirt, PCP and node_exporter.</summary>
internal static class PeerAnswers
{
    public static void Numactl(Answers answers)
    {
        var numactl = Get(answers.Expected, "numactl");
        if (Get(numactl, "usable") is { ValueKind: JsonValueKind.False })
        {
            return;
        }

        if (Items(Get(answers.Expected, "raw", "cells")).Any())
        {
            // A machine without node folders is one cell here and none to numactl.
            answers.SameSet(
                "numactl cells", Get(numactl, "nodes_list"),
                CpuSet.Of(answers.Seen.Topology.Cells!.Select(cell => cell.Id)));
        }

        foreach (var node in Items(Get(numactl, "nodes")))
        {
            var id = Id(node);
            answers.SameSet($"numactl cell {id} cpus", Get(node, "cpus"), answers.Cell(id)?.Cpus);
            answers.SameNumber($"numactl cell {id} MiB", Get(node, "size_mb"), answers.Cell(id)?.MemoryKiB / 1024);
            if (!IsLive(answers))
            {
                answers.SameNumber(
                    $"numactl cell {id} free MiB", Get(node, "free_mb"), answers.Memory(id)?.FreeKiB / 1024);
            }
        }

        Matrix(answers, "numactl", Get(numactl, "distances"));
    }

    public static void Libvirt(Answers answers)
    {
        var libvirt = Get(answers.Expected, "libvirt");
        if (Get(libvirt, "usable") is not { ValueKind: JsonValueKind.True })
        {
            return;
        }

        foreach (var cell in Items(Get(libvirt, "cells")))
        {
            var id = Id(cell);
            var seen = answers.Cell(id);
            answers.SameNumber($"libvirt cell {id} memory", Get(cell, "memory_kib"), seen?.MemoryKiB);
            answers.SameSet($"libvirt cell {id} cpus", Get(cell, "cpus"), seen?.Cpus);
            foreach (var distance in Members(Get(cell, "distances")))
            {
                var other = int.Parse(distance.Name, CultureInfo.InvariantCulture);
                answers.SameNumber(
                    $"libvirt distance {id}-{other}", distance.Value,
                    seen?.Distances?.FirstOrDefault(to => to.Cell == other)?.Distance);
            }

            foreach (var pages in Members(Get(cell, "pages")).Where(pages => pages.Name is not "4KiB"))
            {
                var size = long.Parse(pages.Name[..^3], CultureInfo.InvariantCulture);
                answers.SameNumber(
                    $"libvirt cell {id} pages of {size}", pages.Value,
                    seen?.Pages?.FirstOrDefault(pool => pool.SizeKiB == size)?.Total);
            }

            Silicon(answers, cell, id);
        }

        foreach (var free in Members(Get(libvirt, "freecell_kib")))
        {
            var id = int.Parse(free.Name, CultureInfo.InvariantCulture);
            answers.SameNumber($"libvirt cell {id} free", free.Value, answers.Memory(id)?.FreeKiB);
        }
    }

    public static void Pcp(Answers answers)
    {
        foreach (var memory in answers.Seen.Memory.Cells)
        {
            var id = memory.Id;
            answers.SameNumber($"PCP cell {id} total", Util(answers, "total", id), memory.TotalKiB);
            answers.SameNumber($"PCP cell {id} free", Util(answers, "free", id), memory.FreeKiB);
            if (Util(answers, "filePages", id)?.GetInt64() is { } files)
            {
                var reclaimable = files - Util(answers, "shmem", id)?.GetInt64()
                    + Util(answers, "slabReclaimable", id)?.GetInt64();
                answers.Same($"PCP cell {id} reclaimable", reclaimable, memory.ReclaimableKiB);
            }

            if (answers.Cell(id)?.Pages is [var pool])
            {
                answers.SameNumber($"PCP cell {id} huge pages", Util(answers, "hugepagesTotal", id), pool.Total);
                answers.SameNumber(
                    $"PCP cell {id} free huge pages", Util(answers, "hugepagesFree", id), memory.Pages?[0].Free);
            }
        }
    }

    public static void NodeExporter(Answers answers)
    {
        var expected = Get(answers.Expected, "node_exporter_expected");
        foreach (var cell in Members(Get(expected, "MemTotal")))
        {
            var id = int.Parse(cell.Name, CultureInfo.InvariantCulture);
            answers.SameNumber($"node_exporter cell {id} total", cell.Value, answers.Memory(id)?.TotalKiB * 1024);
            answers.SameNumber(
                $"node_exporter cell {id} free", Get(expected, "MemFree", cell.Name),
                answers.Memory(id)?.FreeKiB * 1024);
        }
    }

    /// <summary>Distances as a matrix over ids.</summary>
    public static void Matrix(Answers answers, string who, JsonElement? matrix)
    {
        var ids = Items(Get(matrix, "ids")).Select(id => id.GetInt32()).ToList();
        foreach (var (row, cell) in Items(Get(matrix, "rows")).Zip(ids))
        {
            var distances = answers.Cell(cell)?.Distances?.Where(to => ids.Contains(to.Cell)).Select(to => to.Distance);
            answers.Same(
                $"{who} distances of cell {cell}",
                Row(row.EnumerateArray().Select(column => column.GetInt32())),
                distances is null ? null : Row(distances));
        }
    }

    private static void Silicon(Answers answers, JsonElement cell, int id)
    {
        var cpus = answers.Seen.Topology.CpuInfo?.Where(cpu => answers.Cell(id)?.Cpus?.Contains(cpu.Id) == true)
            .ToList() ?? [];
        if (Get(cell, "siblings") is { } siblings && cpus.Exists(cpu => cpu.Siblings is not null))
        {
            answers.Same(
                $"libvirt cell {id} siblings",
                Sets(Items(siblings).Select(set => CpuSet.Parse(set.GetString()!).ToString())),
                Sets(cpus.Select(cpu => cpu.Siblings?.ToString())));
        }

        if (Get(cell, "sockets") is { } sockets && cpus.TrueForAll(cpu => cpu.Socket is not null))
        {
            answers.Same(
                $"libvirt cell {id} sockets",
                Row(Items(sockets).Select(socket => socket.GetInt32()).Order()),
                Row(cpus.Select(cpu => cpu.Socket!.Value).Distinct().Order()));
        }
    }

    private static string Sets(IEnumerable<string?> sets) =>
        string.Join(' ', sets.Distinct().Order(StringComparer.Ordinal));

    // Free memory of a running guest was read a moment after its tree.
    private static bool IsLive(Answers answers) => Get(answers.Expected, "project")?.GetString() == "own capture";

    private static JsonElement? Util(Answers answers, string name, int cell) =>
        Get(answers.Expected, "pcp_expected", $"mem.numa.util.{name}", $"node{cell}");
}
