using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Topology;
using static NumaHistory.Tests.Hosts.Answers;

namespace NumaHistory.Tests.Hosts;

/// <summary>Compares with the plain, independent reading of the same files.</summary>
internal static class RawAnswers
{
    public static void Compare(Answers answers)
    {
        var raw = Get(answers.Expected, "raw");
        var (topology, cells) = (answers.Seen.Topology, Items(Get(raw, "cells")).ToList());
        var masks = topology.Cpus;
        answers.SameSet("raw possible", Get(raw, "cpu", "possible"), masks.Possible);
        answers.SameSet("raw present", Get(raw, "cpu", "present"), masks.Present);
        answers.SameSet("raw online", Get(raw, "cpu", "online"), masks.Online);
        answers.SameSet("raw isolated", Get(raw, "cpu", "isolated"), masks.Isolated);
        answers.SameSet("raw allowed", Get(raw, "proc_self_Cpus_allowed_list"), masks.Allowed);
        answers.SameSet(
            "raw CPU folders", Get(raw, "cpu", "dirs"),
            topology.CpuInfo is null ? CpuSet.Empty : CpuSet.Of(topology.CpuInfo.Select(cpu => cpu.Id)));
        if (Get(raw, "cpu", "online_file_is_0") is { } off)
        {
            answers.Same(
                "raw offline", CpuSet.Parse(off.GetString()!),
                CpuSet.Of(topology.CpuInfo!.Select(cpu => cpu.Id)).Except(masks.Online!));
        }

        answers.Same(
            "raw cells",
            cells.Count == 0 ? "0" : Row(cells.Select(Id).Order()),
            Row(topology.Cells!.Select(cell => cell.Id)));
        var online = Get(raw, "node", "online") is { } list && list.GetString()!.Length > 0
            ? CpuSet.Parse(list.GetString()!)
            : CpuSet.Of(cells.Select(Id));
        foreach (var cell in cells)
        {
            Compare(answers, cell, online);
        }

        if (cells.Count == 0)
        {
            answers.SameNumber("raw machine memory", Get(raw, "proc_meminfo_MemTotal_kB"), answers.Cell(0)?.MemoryKiB);
            answers.Same("raw machine CPUs", masks.Online, answers.Cell(0)?.Cpus);
        }

        Devices(answers, raw);
    }

    private static void Compare(Answers answers, JsonElement cell, CpuSet online)
    {
        var id = Id(cell);
        var seen = answers.Cell(id);
        answers.SameSet($"raw cell {id} cpus", Get(cell, "cpus_from_cpumap") ?? Get(cell, "cpus"), seen?.Cpus);
        answers.SameNumber($"raw cell {id} total", Get(cell, "MemTotal_kB"), seen?.MemoryKiB);
        answers.SameNumber(
            $"raw cell {id} total of the sample", Get(cell, "MemTotal_kB"), answers.Memory(id)?.TotalKiB);
        answers.SameNumber($"raw cell {id} free", Get(cell, "MemFree_kB"), answers.Memory(id)?.FreeKiB);
        Pages(answers, cell, id);
        Access(answers, cell, seen);
        if (Get(cell, "distance_file") is { } row)
        {
            var columns = Items(row).Select(column => column.GetInt32()).ToList();
            var ids = online.Members().ToList();
            var matched = columns.Count == ids.Count ? columns
                : ids.All(other => other < columns.Count) ? ids.Select(other => columns[other]) : null;
            answers.Same(
                $"raw cell {id} distances",
                matched is null ? null : Row(matched),
                seen?.Distances is null ? null : Row(seen.Distances.Select(distance => distance.Distance)));
        }
    }

    private static void Pages(Answers answers, JsonElement cell, int id)
    {
        foreach (var pool in Members(Get(cell, "hugepages")))
        {
            var size = long.Parse(pool.Name["hugepages-".Length..^2], CultureInfo.InvariantCulture);
            answers.SameNumber(
                $"raw cell {id} pages of {size}",
                Get(pool.Value, "nr_hugepages"),
                answers.Cell(id)?.Pages?.FirstOrDefault(pages => pages.SizeKiB == size)?.Total);
            answers.SameNumber(
                $"raw cell {id} free pages of {size}",
                Get(pool.Value, "free_hugepages"),
                answers.Memory(id)?.Pages?.FirstOrDefault(pages => pages.SizeKiB == size)?.Free);
        }
    }

    private static void Access(Answers answers, JsonElement cell, Cell? seen)
    {
        foreach (var value in Members(Get(cell, "hmat")))
        {
            var number = value.Name["access".Length] - '0';
            var access = seen?.Access?.FirstOrDefault(one => one.Class == number);
            answers.SameNumber(
                $"raw cell {seen?.Id} {value.Name}", value.Value, value.Name[(value.Name.LastIndexOf('/') + 1)..] switch
                {
                    "read_latency" => access?.ReadLatencyNs,
                    "write_latency" => access?.WriteLatencyNs,
                    "read_bandwidth" => access?.ReadBandwidthMiBs,
                    _ => access?.WriteBandwidthMiBs,
                });
        }
    }

    private static void Devices(Answers answers, JsonElement? raw)
    {
        var pci = answers.Seen.Topology.Devices?.Where(device => device.Address.Contains(':')).ToList() ?? [];
        foreach (var place in Members(Get(raw, "pci_devices_by_numa_node")).Where(place => place.Name != "-1"))
        {
            answers.SameNumber(
                $"raw PCI devices of cell {place.Name}",
                place.Value,
                pci.Count(device => device.Cell == int.Parse(place.Name, CultureInfo.InvariantCulture)));
        }
    }
}
