using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>
/// How much of what was decided a pinning does: only what the decision names counts, of I/O threads those that the guest has. That memory is strict says nothing: it is so
/// where nobody named a mode.
/// </summary>
internal static class CarriedOut
{
    /// <summary>All of it.</summary>
    public static bool Whole(GuestPins decided, GuestPins seen) =>
        Places(decided, seen)
        && (decided.Emulator is null || decided.Emulator.Equals(seen.Emulator ?? seen.Cpus))
        && (decided.Memory is null or { Mode: MemoryMode.Strict } || decided.Memory.Mode == seen.Memory?.Mode)
        && decided.Iothreads.All(thread => thread.Cpus is null || seen.Iothreads.FirstOrDefault(one => one.Id == thread.Id) is not { } same
            || thread.Cpus.Equals(same.Cpus ?? seen.Cpus));

    /// <summary>Whether every vCPU and all memory is where it was decided.</summary>
    public static bool Places(GuestPins decided, GuestPins seen) =>
        Vcpus(decided).All(pin => pin.Cpus!.Equals(seen.CpusOf(pin.Vcpu)))
        && (decided.Memory?.Cells is not { } cells || cells.Equals(seen.BoundCells()))
        && decided.GuestCells.All(cell => cell.Cells is null || cell.Cells.Equals(seen.GuestCells.FirstOrDefault(one => one.Id == cell.Id)?.Cells));

    /// <summary>Whether some vCPU is where it was decided, or none was decided on.</summary>
    public static bool Any(GuestPins decided, GuestPins seen) =>
        !Vcpus(decided).Any() || Vcpus(decided).Any(pin => pin.Cpus!.Equals(seen.CpusOf(pin.Vcpu)));

    private static IEnumerable<VcpuPin> Vcpus(GuestPins decided) => decided.Pins.Where(pin => pin.Cpus is not null);
}
