using System.Globalization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.VirshText;

/// <summary>
/// What to type so that a guest is pinned another way: one virsh command a line, and only for what differs. Whom virsh connects to is
/// left to its own defaults. A running guest is changed now and for its next start, a stopped one for its next start.
/// </summary>
public static class VirshCommands
{
    // virsh's own word for: take the pin away, every CPU of the host.
    private const string Reset = "r";

    /// <summary>
    /// The commands in the order vCPUs, emulator, I/O threads, memory, for a guest that runs as it is defined, or does not run. What
    /// virsh has no command for is a shell comment that says so, so that the lines are never less than the difference without a word.
    /// </summary>
    public static IReadOnlyList<string> Between(GuestPins before, GuestPins after, bool isRunning) =>
        Lines(isRunning ? before : null, before, after);

    /// <summary>The same for a guest that runs otherwise than it is defined.</summary>
    public static IReadOnlyList<string> Between(GuestPins live, GuestPins config, GuestPins after) => Lines(live, config, after);

    private static List<string> Lines(GuestPins? live, GuestPins config, GuestPins after)
    {
        var guest = VirshName.Of(after);
        return
        [
            .. Vcpus(live ?? config, config, after)
                .SelectMany(vcpu => Pin($"vcpupin {guest} {Number(vcpu)}", live, config, after, pins => Cpus(pins, vcpu))),
            .. Pin($"emulatorpin {guest}", live, config, after, pins => pins.Emulator),
            .. after.Iothreads
                .SelectMany(thread => Pin($"iothreadpin {guest} {Number(thread.Id)}", live, config, after, pins => Thread(pins, thread.Id))),
            .. Memory(live, config, after, guest),
            .. VirshLimits.Between(config, after, guest),
        ];
    }

    private static IEnumerable<string> Pin(
        string command, GuestPins? live, GuestPins config, GuestPins after, Func<GuestPins, CpuSet?> cpus)
    {
        var wanted = cpus(after);
        var isLive = live is not null && !Equals(cpus(live), wanted);
        var isConfig = !Equals(cpus(config), wanted);
        if (isLive || isConfig)
        {
            // A running guest's definition is written along, also where it says so already: the two are never seen to differ.
            yield return $"virsh {command} {List(wanted)}{(isLive ? " --live" : "")} --config";
        }
    }

    private static IEnumerable<string> Memory(GuestPins? live, GuestPins config, GuestPins after, string guest)
    {
        if (after.Memory is not { Cells: { IsEmpty: false } cells } memory || (Same(live ?? config, memory) && Same(config, memory)))
        {
            yield break;
        }

        // QEMU was told at its start from where to take memory; only a binding by cgroup alone can be changed while it runs.
        var isLive = live is { Memory.Mode: MemoryMode.Restrictive } && memory.Mode == MemoryMode.Restrictive && !Same(live, memory);
        if (!isLive && Same(config, memory))
        {
            yield break;
        }

        var mode = config.Memory?.Mode == memory.Mode ? "" : $" --mode {MemoryModeText.Of(memory.Mode)}";
        yield return $"virsh numatune {guest}{mode} --nodeset {cells}{(isLive ? " --live" : "")} --config";
    }

    private static bool Same(GuestPins guest, MemoryBinding memory) =>
        guest.Memory?.Mode == memory.Mode && Equals(guest.Memory.Cells, memory.Cells);

    private static IEnumerable<int> Vcpus(params GuestPins[] all) =>
        all.SelectMany(guest => guest.Pins).Select(pin => pin.Vcpu).Distinct().Order();

    private static CpuSet? Cpus(GuestPins guest, int vcpu) => guest.Pins.FirstOrDefault(pin => pin.Vcpu == vcpu)?.Cpus;

    private static CpuSet? Thread(GuestPins guest, int id) => guest.Iothreads.FirstOrDefault(thread => thread.Id == id)?.Cpus;

    private static string List(CpuSet? cpus) => cpus is { IsEmpty: false } ? cpus.ToString() : Reset;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
