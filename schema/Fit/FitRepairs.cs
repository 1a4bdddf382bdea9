using System.Globalization;
using NumaHistory.Schema.Formats.VirshText;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

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

    /// <summary>The set that every thread without a pin inherits; virsh has no command for it.</summary>
    public static string? Inherited(FitCase fit, string instead) =>
        Managed(fit.Guest) ?? $"virsh edit {Name(fit.Guest)}: <vcpu cpuset='{instead}'>, from the next start on";

    public static string? Nodeset(FitCase fit, string cells)
    {
        if (fit.Guest.GuestCells.Any(cell => cell.Cells is not null))
        {
            // virsh numatune leaves them as they are.
            return Managed(fit.Guest) ?? $"virsh edit {Name(fit.Guest)}: the nodeset of every <memnode> is {cells}; memory follows at the next start";
        }

        var isLive = fit.IsRunning && fit.Guest.Memory?.Mode == MemoryMode.Restrictive;
        return Managed(fit.Guest) ?? $"virsh numatune {Name(fit.Guest)} --nodeset {cells} "
            + (isLive ? "--live --config; memory follows at once" : "--config; memory follows at the next start");
    }

    public static string? Online(string cpus) => $"bring it back: echo 1 > /sys/devices/system/cpu/cpu{cpus}/online";

    public static string? Managed(GuestPins guest) => ManagerWay.Short(guest);

    public static string Name(GuestPins guest) => Cleaned.Text(VirshName.Of(guest));

    private static string Layers(FitCase fit) => fit.IsRunning ? "--live --config" : "--config";
}
