using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Devices of the host that the guest gets: device-remote, device-no-cell.</summary>
internal static class DeviceFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var address in fit.Guest.HostDevices)
        {
            Judge(fit, address, $"device {address}");
        }
    }

    private static void Judge(FitCase fit, string address, string subject)
    {
        if (fit.Host.Topology.Devices is not { } devices)
        {
            fit.Add(
                "device-no-cell", Verdict.Unknown, subject, address, null, $"nothing tells whether device {address} is there, or where");
            return;
        }

        var device = devices.FirstOrDefault(one => string.Equals(one.Address, address, StringComparison.OrdinalIgnoreCase));
        if (device is null)
        {
            fit.Add(
                "device-remote", Verdict.Broken, subject, address, null,
                $"device {address} is handed to the guest, but this host does not have it; the guest cannot start",
                FitRepairs.Managed(fit.Guest) ?? "take the device out of its definition, or name the one that is there", fit.Question.Evidence.Structure);
            return;
        }

        var home = fit.Pins.Parts.Aggregate(
            fit.Host.CellsOf(fit.Pins.Vcpus), (all, part) => part.Bound is null ? all : all.Union(part.Bound));
        if (home.IsEmpty)
        {
            return;
        }

        if (device.Cell is not { } cell)
        {
            fit.Add(
                "device-no-cell", Verdict.Unknown, subject, FitWords.Cells(home), null,
                $"the firmware does not say in which cell device {address} is, so nobody can tell whether it is near the guest");
        }
        else if (!home.Contains(cell))
        {
            fit.Add(
                "device-remote", Verdict.Degraded, subject, FitWords.Cells(home), FitWords.Cell(cell),
                $"device {address} is in cell {cell}, the guest in {FitWords.Cells(home)}: every transfer crosses between cells",
                FitRepairs.Managed(fit.Guest) ?? $"place the guest in cell {cell}", fit.Question.Evidence.Structure);
        }
    }
}
