using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Topology;
using static NumaHistory.Tests.Hosts.Answers;

namespace NumaHistory.Tests.Hosts;

/// <summary>Compares with hwloc's lstopo and with lscpu.</summary>
internal static class ToolAnswers
{
    public static void Hwloc(Answers answers, string view)
    {
        var hwloc = Get(answers.Expected, "hwloc", view);
        if (Get(hwloc, "machine") is null && Get(hwloc, "cells") is null)
        {
            return;
        }

        // By default hwloc shows only what the cgroup of the recording process allowed.
        var masks = answers.Seen.Topology.Cpus;
        var shown = view == "default" ? masks.Online!.Intersect(masks.Allowed ?? masks.Online!) : masks.Online!;
        foreach (var cell in Items(Get(hwloc, "cells")))
        {
            Cell(answers, view, cell, shown);
        }

        var latencies = Items(Get(hwloc, "distances")).Where(one => Get(one, "name")?.GetString() == "NUMALatency");
        foreach (var matrix in latencies)
        {
            PeerAnswers.Matrix(answers, $"hwloc {view}", matrix);
        }

        var cpus = answers.Seen.Topology.CpuInfo!.Where(cpu => shown.Contains(cpu.Id)).ToList();
        if (view != "default" && cpus.TrueForAll(cpu => cpu.Socket is not null))
        {
            answers.SameNumber(
                $"hwloc {view} packages", Get(hwloc, "packages"), cpus.Select(cpu => cpu.Socket).Distinct().Count());
        }

        answers.SameNumber($"hwloc {view} pus", Get(hwloc, "pus"), cpus.Count);
        answers.SameSet(
            $"hwloc {view} complete cpus", Get(hwloc, "machine", "complete_cpuset"),
            CpuSet.Of(answers.Seen.Topology.CpuInfo!.Select(cpu => cpu.Id)));
        if (masks.Allowed is { } allowed)
        {
            answers.SameSet(
                $"hwloc {view} allowed", Get(hwloc, "machine", "allowed_cpuset"), allowed.Intersect(masks.Online!));
        }
    }

    public static void Lscpu(Answers answers)
    {
        var lscpu = Get(answers.Expected, "lscpu");
        var cpus = answers.Seen.Topology.CpuInfo?.Where(cpu => answers.Seen.Topology.Cpus.Online!.Contains(cpu.Id))
            .ToList() ?? [];
        if (lscpu is null || Get(lscpu, "error") is not null)
        {
            return;
        }

        foreach (var node in Members(Get(lscpu, "node_cpus")))
        {
            answers.SameSet(
                $"lscpu cell {node.Name}",
                node.Value,
                answers.Cell(int.Parse(node.Name, CultureInfo.InvariantCulture))?.Cpus);
        }

        Number(answers, lscpu, "NUMA node(s)", answers.Seen.Topology.Cells!.Count);
        answers.SameSet("lscpu online", Get(lscpu, "On-line CPU(s) list"), answers.Seen.Topology.Cpus.Online);
        answers.SameSet(
            "lscpu offline", Get(lscpu, "Off-line CPU(s) list"),
            CpuSet.Of(answers.Seen.Topology.CpuInfo!.Select(cpu => cpu.Id)).Except(answers.Seen.Topology.Cpus.Online!));
        if (cpus.TrueForAll(cpu => cpu.Socket is not null))
        {
            Number(answers, lscpu, "Socket(s)", cpus.Select(cpu => cpu.Socket).Distinct().Count());
        }

        if (cpus.TrueForAll(cpu => cpu.Siblings is not null))
        {
            Number(answers, lscpu, "Thread(s) per core", cpus.Max(cpu => cpu.Siblings!.Count));
        }
    }

    private static void Cell(Answers answers, string view, JsonElement cell, CpuSet shown)
    {
        var id = Id(cell);
        var seen = answers.Cell(id);
        answers.SameNumber($"hwloc {view} cell {id} memory", Get(cell, "memory_bytes"), (seen?.MemoryKiB ?? 0) * 1024);
        if (seen?.Cpus is { IsEmpty: false })
        {
            // hwloc gives a cell without CPUs those of its nearest neighbour.
            answers.SameSet($"hwloc {view} cell {id} cpus", Get(cell, "cpus"), seen.Cpus.Intersect(shown));
        }

        // The first pool is that of the base page.
        foreach (var pool in Items(Get(cell, "pages")).Skip(1))
        {
            var size = pool.GetProperty("size").GetInt64() / 1024;
            answers.SameNumber(
                $"hwloc {view} cell {id} pages of {size}",
                Get(pool, "count"),
                seen?.Pages?.FirstOrDefault(pages => pages.SizeKiB == size)?.Total);
        }
    }

    private static void Number(Answers answers, JsonElement? lscpu, string name, int found)
    {
        // 0 is what lscpu prints when it does not know.
        if (Get(lscpu, name)?.GetString() is { } text and not "0")
        {
            answers.Same($"lscpu {name}", long.Parse(text, CultureInfo.InvariantCulture), found);
        }
    }
}
