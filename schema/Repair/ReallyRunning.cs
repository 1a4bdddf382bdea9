using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// A running guest with what is in force for its pinned threads, so that a thread that somebody moved behind the hypervisor is one to
/// pin again.
/// </summary>
internal static class ReallyRunning
{
    public static GuestPins Of(GuestPins guest) => guest.Effective is not { } effective
        ? guest
        : guest with
        {
            Pins = [.. guest.Pins.Select(pin => pin.Cpus is { } told ? pin with { Cpus = Real(told, effective.Pins.FirstOrDefault(one => one.Vcpu == pin.Vcpu)?.Cpus) } : pin)],
            Emulator = guest.Emulator is { } emulator ? Real(emulator, effective.Emulator) : null,
            Iothreads = [.. guest.Iothreads.Select(thread => thread.Cpus is { } told ? thread with { Cpus = Real(told, effective.Iothreads.FirstOrDefault(one => one.Id == thread.Id)?.Cpus) } : thread)],
        };

    // Fewer CPUs than were told are offline or not allowed; that is no other pin.
    private static CpuSet Real(CpuSet told, CpuSet? real) => real is null || real.IsSubsetOf(told) ? told : real;
}
