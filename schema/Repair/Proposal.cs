using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>A pinning with new numbers for the same intent.</summary>
internal static class Proposal
{
    /// <summary>The pinning; null where a vCPU would have no CPU left.</summary>
    public static GuestPins? Of(Intent intent, int[] cells, IReadOnlyDictionary<WantedCpu, int> given)
    {
        var sets = intent.Sets.ToDictionary(
            set => set.Key, set => CpuSet.Of(set.Value.Where(given.ContainsKey).Select(cpu => given[cpu])));
        if (sets.Values.Any(set => set.IsEmpty))
        {
            return null;
        }

        var guest = intent.Guest;
        var numbers = given.Where(one => one.Key.Id is not null).ToLookup(one => one.Key.Id!.Value, one => one.Value);
        return guest with
        {
            Pins = [.. guest.Pins.Select(pin => pin with { Cpus = sets.GetValueOrDefault(pin.Vcpu, pin.Cpus!), Preferred = Soft(pin.Preferred, numbers) })],
            Cpus = sets.GetValueOrDefault(Intent.Inherited, guest.Cpus!),
            Memory = guest.Memory is { Cells: { } whole } memory ? memory with { Cells = Bound(intent, cells, whole, null) } : guest.Memory,
            GuestCells = [.. guest.GuestCells.Select((cell, part) => cell.Cells is { } own ? cell with { Cells = Bound(intent, cells, own, part) } : cell)],
        };
    }

    private static CpuSet? Soft(CpuSet? preferred, ILookup<int, int> numbers) => preferred is null
        ? null
        : CpuSet.Of(preferred.Members().SelectMany(cpu => numbers.Contains(cpu) ? numbers[cpu] : [cpu]));

    // Cells follow the slots; the whole guest's binding those of all its parts.
    private static CpuSet Bound(Intent intent, int[] cells, CpuSet was, int? part) => CpuSet.Of(was.Members().SelectMany(cell =>
        intent.Slots.Select((slot, index) => (slot, index))
            .Where(one => one.slot.Cell == cell && (part is null || one.slot.Part is null || one.slot.Part == part))
            .Select(one => cells[one.index])
            .DefaultIfEmpty(cell)));
}
