using System.Globalization;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Remedies in words: never applied, and for a guest that somebody manages no virsh line, since the manager would undo it.
/// </summary>
internal static class FitRepairs
{
    public static string? Vcpu(FitCase fit, int vcpu, string instead) => Managed(fit.Guest) ?? string.Create(
        CultureInfo.InvariantCulture, $"pin it elsewhere: virsh vcpupin {Name(fit.Guest)} {vcpu} {instead} {Layers(fit)}");

    public static string? Emulator(FitCase fit, string instead) =>
        Managed(fit.Guest) ?? $"virsh emulatorpin {Name(fit.Guest)} {instead} {Layers(fit)}";

    public static string? Iothread(FitCase fit, int id, string instead) => Managed(fit.Guest) ?? string.Create(
        CultureInfo.InvariantCulture, $"virsh iothreadpin {Name(fit.Guest)} {id} {instead} {Layers(fit)}");

    public static string? Nodeset(FitCase fit, string cells) =>
        Managed(fit.Guest) ?? $"virsh numatune {Name(fit.Guest)} --nodeset {cells} --config; memory follows at the next start";

    public static string? Online(string cpus) => $"bring it back: echo 1 > /sys/devices/system/cpu/cpu{cpus}/online";

    public static string? Managed(GuestPins guest) => guest.ManagedBy is { } manager
        ? $"through {manager}, which manages this guest: move it or have it placed again"
        : null;

    private static string Layers(FitCase fit) => fit.IsRunning ? "--live --config" : "--config";

    public static string Name(GuestPins guest) =>
        guest.Guest.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? guest.Guest
            : $"'{guest.Guest.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
