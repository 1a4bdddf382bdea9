using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;
using static NumaHistory.Tests.Hosts.Answers;

namespace NumaHistory.Tests.Hosts;

public sealed class CapabilitiesTests
{
    public static TheoryData<string> Documents => SharedData.TryFind("capabilities", "libvirt") is { } folder
        ?
        [
            .. Directory.EnumerateFiles(folder, "vircaps-*.json").Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ]
        : [];

    // Memory and pages come from a mock in libvirt's own test, not from the tree.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Documents))]
    public async Task A_tree_has_the_cells_that_libvirt_makes_of_it(string document)
    {
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(SharedData.Require("capabilities", "libvirt", document)));
        var tree = Get(json.RootElement, "sysfs_tree")?.GetString();
        Assert.SkipWhen(tree is null, $"{document} was made from no tree that is here");

        var answers = new Answers(await RecordedHost.ReadAsync(tree!["sysfs/".Length..]), json.RootElement);
        foreach (var cell in Items(Get(answers.Expected, "cells")))
        {
            var id = Id(cell);
            answers.SameSet($"cell {id} cpus", Get(cell, "cpus"), answers.Cell(id)?.Cpus);
            foreach (var distance in Members(Get(cell, "distances")))
            {
                var other = int.Parse(distance.Name, CultureInfo.InvariantCulture);
                answers.SameNumber(
                    $"distance {id}-{other}", distance.Value,
                    answers.Cell(id)?.Distances?.FirstOrDefault(to => to.Cell == other)?.Distance);
            }

            foreach (var cpu in Items(Get(cell, "cpu")))
            {
                var seen = answers.Seen.Topology.CpuInfo!.Single(one => one.Id == Id(cpu));
                answers.SameNumber($"cpu {seen.Id} socket", Get(cpu, "socket_id"), seen.Socket);
                answers.SameNumber($"cpu {seen.Id} core", Get(cpu, "core_id"), seen.Core);
                answers.SameSet($"cpu {seen.Id} siblings", Get(cpu, "siblings"), seen.Siblings);
            }
        }

        Assert.True(answers.Differences.Count == 0, $"{document}\n  {string.Join("\n  ", answers.Differences)}");
        Assert.True(answers.Compared > 0, $"{document} compared nothing");
    }
}
