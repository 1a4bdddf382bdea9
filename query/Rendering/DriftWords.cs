using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>Where threads of a running guest went that their pins do not say: <c>vcpu 1 drifts to 0-3</c>. Whoever follows a pin is not named.</summary>
internal static class DriftWords
{
    public static IEnumerable<string> Of(GuestPins before, GuestPins now)
    {
        foreach (var pin in now.Effective?.Pins ?? [])
        {
            var was = before.Effective?.Pins.FirstOrDefault(old => old.Vcpu == pin.Vcpu)?.Cpus;
            if (Word(was, pin.Cpus, Pinned(before, pin.Vcpu), Pinned(now, pin.Vcpu)) is { } word)
            {
                yield return $"vcpu {pin.Vcpu} {word}";
            }
        }

        foreach (var thread in now.Effective?.Iothreads ?? [])
        {
            var was = before.Effective?.Iothreads.FirstOrDefault(old => old.Id == thread.Id)?.Cpus;
            if (Word(was, thread.Cpus, Declared(before, thread.Id), Declared(now, thread.Id)) is { } word)
            {
                yield return $"iothread {thread.Id} {word}";
            }
        }

        if (Word(before.Effective?.Emulator, now.Effective?.Emulator, before.Emulator ?? before.Cpus, now.Emulator ?? now.Cpus) is { } emulator)
        {
            yield return $"emulator {emulator}";
        }

        if (Memory(before.Effective, now.Effective) is { } memory)
        {
            yield return memory;
        }
    }

    private static string? Memory(EffectivePinning? before, EffectivePinning? now) =>
        now?.MemoryCells is { } cells && !cells.Equals(before?.MemoryCells)
            ? $"memory lies in cell{(cells.Count == 1 ? "" : "s")} {cells}{(before?.MemoryCells is { } was ? $", was in {was}" : "")}"
            : null;

    private static string? Word(CpuSet? was, CpuSet? now, CpuSet? pinnedBefore, CpuSet? pinned)
    {
        if (now is null || now.Equals(was) || (now.Equals(pinned) && (was is null || was.Equals(pinnedBefore))))
        {
            return null;
        }

        return now.Equals(pinned) ? $"is back on {now}"
            : pinned is null ? $"may run on {now}{(was is null ? "" : $", was {was}")}"
            : $"drifts to {now}{(was is null ? "" : $" from {was}")}";
    }

    private static CpuSet? Pinned(GuestPins pins, int vcpu) => pins.Pins.FirstOrDefault(pin => pin.Vcpu == vcpu)?.Cpus ?? pins.Cpus;

    private static CpuSet? Declared(GuestPins pins, int thread) =>
        pins.Iothreads.FirstOrDefault(one => one.Id == thread)?.Cpus ?? pins.Emulator ?? pins.Cpus;
}
