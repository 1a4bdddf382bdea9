using System.Text.Json;
using NumaHistory.Schema.Pinning;

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
        JsonElement? Of(string name) => normal is { } form && form.TryGetProperty(name, out var value) ? value : Find(peer, name);
        return
        [
            .. Differs("name", Text(Of("name")), ours.Guest),
            .. Differs("uuid", Text(Of("uuid"))?.ToLowerInvariant(), ours.Uuid),
            .. Differs("vcpus", $"{Of("vcpus_current")}/{Of("vcpus_max")}", $"{ours.Vcpus?.Current}/{ours.Vcpus?.Maximum}"),
            .. Differs("placement", Text(Of("vcpu_placement")) ?? "static", ours.Placement),
            .. Differs("cpuset", Text(Of("vcpu_cpuset")), ours.Cpus?.ToString()),
            .. Differs("memory", Text(Of("memory_kib")) ?? Sum(Of("guest_numa")), $"{ours.MemoryKiB}"),
            .. Differs("current", Text(Of("current_memory_kib")) ?? $"{ours.MemoryKiB}", $"{ours.CurrentMemoryKiB}"),
            .. Differs("vcpupin", Pins(Of("vcpupin"), "vcpu"), string.Join(' ', ours.Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus}"))),
            .. Differs("emulator", Pins(Of("emulatorpin"), null), ours.Emulator is { } emulator ? $"={emulator}" : ""),
            .. Differs(
                "iothreadpin",
                Pins(Of("iothreadpin"), "iothread"),
                string.Join(' ', ours.Iothreads.Where(thread => thread.Cpus is not null).Select(thread => $"{thread.Id}={thread.Cpus}"))),
            .. Differs("iothreads", Text(Of("iothreads")) ?? "0", $"{ours.Iothreads.Count}"),
            .. Differs("memory binding", Binding(Of("numatune")), Binding(ours)),
            .. Differs("memnodes", Nodes(Of("numatune")), string.Join(' ', ours.GuestCells.Where(cell => cell.Cells is not null).Select(Node))),
            .. Differs("pages", Pages(Of("hugepages")), string.Join(' ', ours.Pages.Select(page => $"{page.SizeKiB}@{page.GuestCells}"))),
            .. Differs("guest cells", Cells(Of("guest_numa")), string.Join(' ', ours.GuestCells.Select(Cell))),
        ];
    }

    private static IEnumerable<string> Differs(string what, string? theirs, string? ours) =>
        (theirs ?? "") == (ours ?? "") ? [] : [$"{what}: theirs '{theirs}', ours '{ours}'"];

    private static string Pins(JsonElement? pins, string? id) => pins is not { } list ? "" : string.Join(' ', list.EnumerateArray()
        .OrderBy(pin => id is null ? 0 : pin.GetProperty(id).GetInt32())
        .Select(pin => $"{(id is null ? null : pin.GetProperty(id))}={pin.GetProperty("cpuset").GetString()}"));

    private static string Binding(JsonElement? tune)
    {
        var memory = tune is { } found ? Find(found, "memory") : null;
        var cells = memory is { } whole ? Text(Find(whole, "nodeset")) : null;
        return memory is { } bound ? $"{Text(Find(bound, "mode")) ?? "strict"}:{cells}" : "";
    }

    private static string Binding(GuestPins ours) =>
        ours.Memory is { } memory ? $"{memory.Mode.ToString().ToLowerInvariant()}:{memory.Cells}" : "";

    private static string Nodes(JsonElement? tune) => tune is { } found && Find(found, "memnodes") is { } list
        ? string.Join(' ', list.EnumerateArray().Select(node => $"{Find(node, "cellid")}:{Find(node, "mode")}:{Find(node, "nodeset")}"))
        : "";

    private static string Node(GuestCell cell) => $"{cell.Id}:{cell.Mode.ToString()!.ToLowerInvariant()}:{cell.Cells}";

    private static string Pages(JsonElement? pages) => pages is not { } list ? "" : string.Join(' ', list.EnumerateArray()
        .Select(page => $"{Text(Find(page, "size_kib"))}@{Text(Find(page, "nodeset"))}"));

    private static string Cells(JsonElement? cells) => cells is not { } list ? "" : string.Join(' ', list.EnumerateArray()
        .Select((cell, i) => (Id: Text(Find(cell, "id")) ?? $"{i}", cell))
        .OrderBy(one => one.Id, StringComparer.Ordinal)
        .Select(one => $"{one.Id}:{Text(Find(one.cell, "cpus"))}:{Text(Find(one.cell, "memory_kib"))}:{Distances(Find(one.cell, "distances"))}"));

    private static string Cell(GuestCell cell) =>
        $"{cell.Id}:{cell.Vcpus}:{cell.MemoryKiB}:{string.Join(',', (cell.Distances ?? []).Select(to => $"{to.Cell}={to.Distance}"))}";

    private static string Distances(JsonElement? distances) => distances is not { } map ? "" : string.Join(',', map.EnumerateObject()
        .OrderBy(to => int.Parse(to.Name, System.Globalization.CultureInfo.InvariantCulture))
        .Select(to => $"{to.Name}={to.Value}"));

    private static string? Sum(JsonElement? cells) => cells is not { } list ? null
        : list.EnumerateArray().Sum(cell => cell.GetProperty("memory_kib").GetInt64()).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null } known ? known.ToString() : null;

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
