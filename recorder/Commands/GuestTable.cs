using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>Guests of domain documents as a table, one a line.</summary>
internal static class GuestTable
{
    public static Table Of(IReadOnlyList<ImportItem> items)
    {
        var table = new Table(
            "guest", "layer", Column.Right("vcpus"), Column.Right("memory"), "cpus", "pins", "cells", Column.Right("problems"));
        foreach (var guest in items.SelectMany(Guests))
        {
            var pins = guest.Pins;
            table.Row(
                pins.Guest,
                Layer(guest),
                pins.Vcpus?.Current,
                pins.MemoryKiB is { } size ? MemorySize.Human(size) : null,
                pins.Cpus?.ToString() ?? "all",
                string.Join(' ', pins.Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus}")),
                Cells(pins),
                guest.Problems.Count);
        }

        return table;
    }

    // Where the whole memory may come from, then what single guest cells say otherwise.
    private static string Cells(GuestPins pins) => string.Join(' ',
    [
        .. pins.Memory is { } memory ? [memory.Cells?.ToString() ?? "auto"] : Array.Empty<string>(),
        .. pins.GuestCells.Where(cell => cell.Cells is not null).Select(cell => $"{cell.Id}={cell.Cells}"),
    ]);

    /// <summary>The guests of a document, or those that were seen on a host; what is wrong with these is the look's.</summary>
    public static IEnumerable<GuestDocument> Guests(ImportItem item) =>
        item.Guests ?? item.Observation?.Guests?.Select(pins => new GuestDocument(item.File, pins, [])) ?? [];

    private static string Layer(GuestDocument guest) => guest.Pins.Layer switch
    {
        PinLayer.Live => "live",
        PinLayer.SavedImage => "saved-image",
        _ => "config",
    };
}
