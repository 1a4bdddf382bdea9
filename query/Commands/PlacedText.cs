using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.VirshText;
using NumaHistory.Schema.Formats.XlConfig;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Query.Commands;

/// <summary>The best candidate alone, ready to use: the guest's own definition with it or elements of one, lines for a shell, lines of xl.cfg, the pins of 2007.</summary>
internal static class PlacedText
{
    public static void Write(TextWriter output, OutputFormat format, GuestPins guest, PlaceDomain? domain)
    {
        switch (format)
        {
            case OutputFormat.Xml when domain is not null && PinnedDefinition.Of(domain.Document, domain.Guest, guest) is { } definition:
                output.Write(definition);
                break;
            case OutputFormat.Xml:
                PinningPrinter.Write(output, guest);
                break;
            case OutputFormat.Xl:
                XlConfigPrinter.Write(output, guest);
                break;
            case OutputFormat.Pins:
                OldPinsPrinter.Write(output, guest.Pins);
                break;
            default:
                foreach (var line in VirshCommands.Between(Unpinned(guest, domain?.Guest), guest, isRunning: false))
                {
                    output.Write($"{line}\n");
                }

                break;
        }
    }

    // Every pin is written, also one that the document has: the guest may be defined otherwise by now. What virsh has no command for is as in the document.
    private static GuestPins Unpinned(GuestPins guest, GuestPins? defined) => new(
        guest.Guest, Vcpus: guest.Vcpus, MemoryKiB: guest.MemoryKiB, CurrentMemoryKiB: guest.CurrentMemoryKiB, Placement: defined?.Placement,
        Pages: defined?.Pages ?? [], GuestCells: defined?.GuestCells ?? []);
}
