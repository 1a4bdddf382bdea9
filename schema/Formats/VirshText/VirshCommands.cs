using System.Globalization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
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
    /// The commands in the order vCPUs, emulator, I/O threads, memory. What virsh has no command for is a shell comment that says so,
    /// so that the lines are never less than the difference without a word.
    /// </summary>
    public static IReadOnlyList<string> Between(GuestPins before, GuestPins after, bool isRunning)
    {
        var guest = VirshName.Of(after);
        var reach = isRunning ? "--live --config" : "--config";
        return
        [
            .. Vcpus(before, after).Select(pin => $"virsh vcpupin {guest} {Number(pin.Vcpu)} {pin.List} {reach}"),
            .. Equals(before.Emulator, after.Emulator) ? (string[])[] : [$"virsh emulatorpin {guest} {List(after.Emulator)} {reach}"],
            .. Iothreads(before, after).Select(pin => $"virsh iothreadpin {guest} {Number(pin.Id)} {pin.List} {reach}"),
            .. Memory(before, after, guest, isRunning),
            .. VirshLimits.Between(before, after, guest),
        ];
    }

    private static IEnumerable<(int Vcpu, string List)> Vcpus(GuestPins before, GuestPins after)
    {
        var was = before.Pins.ToDictionary(pin => pin.Vcpu, pin => pin.Cpus);
        var now = after.Pins.ToDictionary(pin => pin.Vcpu, pin => pin.Cpus);
        return was.Keys.Union(now.Keys).Order()
            .Where(vcpu => !Equals(was.GetValueOrDefault(vcpu), now.GetValueOrDefault(vcpu)))
            .Select(vcpu => (vcpu, List(now.GetValueOrDefault(vcpu))));
    }

    // A thread that one of the two does not have is no pin of it.
    private static IEnumerable<(int Id, string List)> Iothreads(GuestPins before, GuestPins after)
    {
        var was = before.Iothreads.ToDictionary(thread => thread.Id, thread => thread.Cpus);
        return after.Iothreads
            .Where(thread => !Equals(was.GetValueOrDefault(thread.Id), thread.Cpus))
            .Select(thread => (thread.Id, List(thread.Cpus)));
    }

    private static IEnumerable<string> Memory(GuestPins before, GuestPins after, string guest, bool isRunning)
    {
        if (after.Memory is not { Cells: { IsEmpty: false } cells } memory
            || (before.Memory?.Mode == memory.Mode && Equals(before.Memory.Cells, cells)))
        {
            yield break;
        }

        // QEMU was told at its start from where to take memory; only a binding by cgroup alone can be changed while it runs.
        var isLive = isRunning && memory.Mode == MemoryMode.Restrictive && before.Memory?.Mode == MemoryMode.Restrictive;
        var mode = before.Memory?.Mode == memory.Mode ? "" : $" --mode {MemoryModeText.Of(memory.Mode)}";
        yield return $"virsh numatune {guest}{mode} --nodeset {cells}{(isLive ? " --live" : "")} --config";
    }

    private static string List(CpuSet? cpus) => cpus is { IsEmpty: false } ? cpus.ToString() : Reset;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
