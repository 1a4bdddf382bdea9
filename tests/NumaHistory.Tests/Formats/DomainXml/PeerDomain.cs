using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>
/// What an independent parser and libvirt itself say of one domain, and our answer in the same words. Where libvirt normalises
/// (sorts and numbers guest cells, completes distances, drops a nodeset), its form counts.
/// </summary>
internal static class PeerDomain
{
    /// <summary>Every fact that the peer states and the answer that differs from it.</summary>
    public static IEnumerable<string> Differences(JsonElement peer, GuestPins ours)
    {
        var normal = Find(peer, "virsh", "libvirt_normalised");
        JsonElement? Of(string name) =>
            normal is { } form && form.TryGetProperty(name, out var value) ? value : Find(peer, name);
        return
        [
            .. Differs("name", Text(Of("name")), ours.Guest),
            .. Differs("uuid", Text(Of("uuid"))?.ToLowerInvariant(), ours.Uuid),
            .. Differs("vcpus", $"{Of("vcpus_current")}/{Of("vcpus_max")}", $"{ours.Vcpus?.Current}/{ours.Vcpus?.Maximum}"),
            .. Differs("placement", Text(Of("vcpu_placement")) ?? "static", ours.Placement),
            .. Differs("cpuset", Text(Of("vcpu_cpuset")), ours.Cpus?.ToString()),
            .. Differs("memory", Text(Of("memory_kib")) ?? Sum(Of("guest_numa")), $"{ours.MemoryKiB}"),
            .. Differs("current", Text(Of("current_memory_kib")) ?? $"{ours.MemoryKiB}", $"{ours.CurrentMemoryKiB}"),
            .. Differs("vcpupin", Pins(Of("vcpupin"), "vcpu"), Words(ours.Pins, pin => $"{pin.Vcpu}={pin.Cpus}")),
            .. Differs("emulator", Pins(Of("emulatorpin"), null), ours.Emulator is { } emulator ? $"={emulator}" : ""),
            .. Differs("iothreadpin", Pins(Of("iothreadpin"), "iothread"), Iothreads(ours)),
            .. Differs("iothreads", Text(Of("iothreads")) ?? "0", $"{ours.Iothreads.Count}"),
            .. Differs("memory binding", Binding(Of("numatune")), Binding(ours)),
            .. Differs("memnodes", Nodes(Of("numatune")), Nodes(ours)),
            .. Differs("pages", Pages(Of("hugepages")), Words(ours.Pages, page => $"{page.SizeKiB}@{page.GuestCells}")),
            .. Differs("guest cells", Cells(Of("guest_numa")), Words(ours.GuestCells, Cell)),
        ];
    }

    private static IEnumerable<string> Differs(string what, string? theirs, string? ours) =>
        (theirs ?? "") == (ours ?? "") ? [] : [$"{what}: theirs '{theirs}', ours '{ours}'"];

    private static string Pins(JsonElement? pins, string? id) => Words(
        Items(pins).OrderBy(pin => id is null ? 0 : pin.GetProperty(id).GetInt32()),
        pin => $"{(id is null ? null : pin.GetProperty(id))}={pin.GetProperty("cpuset").GetString()}");

    private static string Iothreads(GuestPins ours) =>
        Words(ours.Iothreads.Where(thread => thread.Cpus is not null), thread => $"{thread.Id}={thread.Cpus}");

    private static string Binding(JsonElement? tune) =>
        tune is { } found && Find(found, "memory") is { } memory
            ? $"{Text(Find(memory, "mode")) ?? "strict"}:{Text(Find(memory, "nodeset"))}"
            : "";

    private static string Binding(GuestPins ours) =>
        ours.Memory is { } memory ? $"{memory.Mode.ToString().ToLowerInvariant()}:{memory.Cells}" : "";

    private static string Nodes(JsonElement? tune) => Words(
        Items(tune is { } found ? Find(found, "memnodes") : null),
        node => $"{Find(node, "cellid")}:{Find(node, "mode")}:{Find(node, "nodeset")}");

    private static string Nodes(GuestPins ours) => Words(
        ours.GuestCells.Where(cell => cell.Cells is not null),
        cell => $"{cell.Id}:{cell.Mode.ToString()!.ToLowerInvariant()}:{cell.Cells}");

    private static string Pages(JsonElement? pages) =>
        Words(Items(pages), page => $"{Text(Find(page, "size_kib"))}@{Text(Find(page, "nodeset"))}");

    private static string Cells(JsonElement? cells) => Words(
        Items(cells).Select((cell, i) => (Id: Text(Find(cell, "id")) ?? $"{i}", Cell: cell))
            .OrderBy(one => int.Parse(one.Id, CultureInfo.InvariantCulture)),
        one => $"{one.Id}:{Text(Find(one.Cell, "cpus"))}:{Text(Find(one.Cell, "memory_kib"))}:"
            + Distances(Find(one.Cell, "distances")));

    private static string Cell(GuestCell cell) =>
        $"{cell.Id}:{cell.Vcpus}:{cell.MemoryKiB}:" + Distances(cell.Distances ?? []);

    private static string Distances(JsonElement? distances) => distances is not { } map ? "" : Distances(
        map.EnumerateObject()
            .Select(to => new CellDistance(int.Parse(to.Name, CultureInfo.InvariantCulture), to.Value.GetInt32()))
            .OrderBy(to => to.Cell));

    private static string Distances(IEnumerable<CellDistance> row) =>
        string.Join(',', row.Select(to => $"{to.Cell}={to.Distance}"));

    private static string? Sum(JsonElement? cells) =>
        cells is null ? null : $"{Items(cells).Sum(cell => cell.GetProperty("memory_kib").GetInt64())}";

    private static string Words<T>(IEnumerable<T> items, Func<T, string> word) => string.Join(' ', items.Select(word));

    private static IEnumerable<JsonElement> Items(JsonElement? list) => list is { } known ? known.EnumerateArray() : [];

    private static string? Text(JsonElement? value) =>
        value is { ValueKind: not JsonValueKind.Null } known ? known.ToString() : null;

    private static JsonElement? Find(JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return null;
            }
        }

        return from;
    }
}
