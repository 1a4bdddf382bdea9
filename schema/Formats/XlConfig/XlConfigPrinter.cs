using System.Globalization;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.XlConfig;

/// <summary>
/// The pinning of a guest as lines of xl.cfg(5): <c>vcpus</c>, <c>memory</c> in whole MiB, <c>cpus</c>, <c>cpus_soft</c> and
/// <c>vnuma</c>. Xen has no binding of memory beside vnuma: it takes memory from the cells where hard and soft affinity meet, so that
/// bound cells become a soft affinity. What xl has no word for is a comment. Emulator and I/O threads do not exist there.
/// </summary>
public static class XlConfigPrinter
{
    /// <summary>Writes the lines, each ended by a line feed.</summary>
    public static void Write(TextWriter output, GuestPins guest)
    {
        if (Quoted(guest.Guest) is { } name)
        {
            output.Write($"name = {name}\n");
        }

        var isVirtualNuma = VnumaText.IsWhole(guest);
        WriteCounts(output, guest, isVirtualNuma);
        if (XlCpus.Hard(guest) is { } hard)
        {
            output.Write($"cpus = {hard}\n");
        }

        if (XlCpus.Soft(guest) is { } soft)
        {
            output.Write($"cpus_soft = {soft}\n");
        }

        if (guest.GuestCells.Count > 0)
        {
            output.Write(isVirtualNuma
                ? $"vnuma = {VnumaText.Of(guest)}\n"
                : "# vnuma: every guest cell needs one host cell, its vCPUs and its memory; xl cannot say this one's\n");
        }

        if (guest.Emulator is not null || guest.Iothreads.Any(thread => thread.Cpus is not null))
        {
            output.Write("# the emulator has no pin here: the device model runs in dom0\n");
        }

        if (guest.Pages.Count > 0)
        {
            output.Write("# no page size here: Xen backs a guest with the largest pages it has\n");
        }
    }

    // The sizes of the guest's cells add up to maxmem, and xl checks that.
    private static void WriteCounts(TextWriter output, GuestPins guest, bool isVirtualNuma)
    {
        if (guest.Vcpus is { } vcpus)
        {
            output.Write($"vcpus = {Number(vcpus.Current)}\n");
            output.Write(vcpus.Maximum > vcpus.Current ? $"maxvcpus = {Number(vcpus.Maximum)}\n" : "");
        }

        if ((guest.CurrentMemoryKiB ?? guest.MemoryKiB) is { } memory)
        {
            output.Write($"memory = {Number(XlSize.MiB(memory))}\n");
            output.Write(guest.MemoryKiB > memory && !isVirtualNuma ? $"maxmem = {Number(XlSize.MiB(guest.MemoryKiB.Value))}\n" : "");
        }
    }

    // xl's strings have no escapes: a name goes between the quotes that it does not hold, or nowhere.
    private static string? Quoted(string name) => name.Any(char.IsControl) ? null
        : !name.Contains('"', StringComparison.Ordinal) ? $"\"{name}\""
        : !name.Contains('\'', StringComparison.Ordinal) ? $"'{name}'"
        : null;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
