using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>What a guest's memory is made of: page sizes, locking, allocation at the start.</summary>
internal static class BackingPrinter
{
    public static void Write(TextWriter output, GuestPins guest)
    {
        var (locked, immediate) = (guest.Backing?.Locked == true, guest.Backing?.Immediate == true);
        if (guest.Pages.Count == 0 && !locked && !immediate)
        {
            return;
        }

        output.Write("  <memoryBacking>\n");
        WritePages(output, guest.Pages);
        output.Write(locked ? "    <locked/>\n" : "");
        output.Write(immediate ? "    <allocation mode='immediate'/>\n" : "");
        output.Write("  </memoryBacking>\n");
    }

    private static void WritePages(TextWriter output, IReadOnlyList<GuestPages> pages)
    {
        var sized = pages.Where(page => page.SizeKiB is not null).ToList();
        if (sized.Count == 0)
        {
            // The host's own size of huge pages is asked for without naming one.
            output.Write(pages.Count > 0 ? "    <hugepages/>\n" : "");
            return;
        }

        output.Write("    <hugepages>\n");
        foreach (var page in sized)
        {
            var cells = page.GuestCells is { } list ? $" nodeset='{list}'" : "";
            output.Write($"      <page size='{page.SizeKiB}' unit='KiB'{cells}/>\n");
        }

        output.Write("    </hugepages>\n");
    }
}
