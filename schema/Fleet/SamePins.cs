using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>What two pinnings of one guest say alike with their numbers of CPUs and cells.</summary>
internal static class SamePins
{
    /// <summary>The vCPUs that both pin to the same CPUs.</summary>
    public static CpuSet Vcpus(GuestPins left, GuestPins right) => CpuSet.Of(left.Pins.Concat(right.Pins).Select(pin => pin.Vcpu).Distinct()
        .Where(vcpu => left.CpusOf(vcpu) is { } cpus && cpus.Equals(right.CpusOf(vcpu))));

    /// <summary>Whether every number is the same.</summary>
    public static bool All(GuestPins left, GuestPins right) =>
        left.Pins.Concat(right.Pins).All(pin => Equals(left.CpusOf(pin.Vcpu), right.CpusOf(pin.Vcpu)))
        && Equals(left.Cpus, right.Cpus)
        && Equals(left.Emulator, right.Emulator)
        && Equals(left.Memory?.Cells, right.Memory?.Cells)
        && left.Iothreads.Select(thread => (thread.Id, thread.Cpus)).SequenceEqual(right.Iothreads.Select(thread => (thread.Id, thread.Cpus)))
        && left.GuestCells.Select(cell => (cell.Id, cell.Cells)).SequenceEqual(right.GuestCells.Select(cell => (cell.Id, cell.Cells)));
}
