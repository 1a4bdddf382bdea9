using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>Guests of domain documents as a table, one a line.</summary>
internal static class GuestTable
{
    public static Table Of(IReadOnlyList<ImportItem> items)
    {
        var table = new Table(
            "guest", "layer", Column.Right("vcpus"), Column.Right("memory"), "cpus", "pins", "cells", Column.Right("problems"));
        foreach (var guest in items.SelectMany(item => item.Guests ?? []))
        {
            var pins = guest.Pins;
            table.Row(
                pins.Guest,
                Layer(guest),
                pins.Vcpus?.Current,
                pins.MemoryKiB is { } size ? MemorySize.Human(size) : null,
                pins.Cpus?.ToString() ?? "all",
                string.Join(' ', pins.Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus}")),
                pins.Memory is { } memory ? memory.Cells?.ToString() ?? "auto" : "",
                guest.Problems.Count);
        }

        return table;
    }

    private static string Layer(GuestDocument guest) => guest.Pins.Layer switch
    {
        Schema.Pinning.PinLayer.Live => "live",
        Schema.Pinning.PinLayer.SavedImage => "saved-image",
        _ => "config",
    };
}
