using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.XlConfig;

/// <summary>The CPUs of vCPUs: one list for all where they are alike, else a list with one entry a vCPU.</summary>
internal static class XlCpus
{
    private const string All = "all";

    /// <summary>Where vCPUs may run; null = anywhere.</summary>
    public static string? Hard(GuestPins guest) =>
        Of(guest, pin => pin.Cpus, guest.Cpus is { IsEmpty: false } cpus ? cpus.ToString() : All);

    /// <summary>Where they rather run; null = no preference.</summary>
    public static string? Soft(GuestPins guest) =>
        Of(guest, pin => pin.Preferred, guest.Memory?.Cells is { IsEmpty: false } cells && guest.GuestCells.Count == 0 ? Nodes(cells) : All);

    private static string? Of(GuestPins guest, Func<VcpuPin, CpuSet?> list, string otherwise)
    {
        var pins = guest.Pins.Where(pin => list(pin) is { IsEmpty: false }).ToDictionary(pin => pin.Vcpu, pin => list(pin)!.ToString());
        var count = Math.Max(guest.Vcpus?.Maximum ?? 0, pins.Keys.DefaultIfEmpty(-1).Max() + 1);
        var lists = Enumerable.Range(0, count).Select(vcpu => pins.GetValueOrDefault(vcpu, otherwise)).ToList();
        return lists.Distinct().Count() > 1 ? $"[{string.Join(", ", lists.Select(one => $"\"{one}\""))}]"
            : lists.Append(otherwise).First() is var one && one != All ? $"\"{one}\""
            : null;
    }

    // A prefix is of its own item only: nodes:0,2 would be cell 0 and CPU 2.
    private static string Nodes(CpuSet cells) => string.Join(
        ',', cells.Ranges().Select(range => range.First == range.Last ? $"node:{range.First}" : $"nodes:{range.First}-{range.Last}"));
}
