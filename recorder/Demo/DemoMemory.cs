using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>
/// Free memory of a demo machine: guests take theirs, the host a little, and file cache fills what is left by day and shrinks by
/// night; most of the cache can be had back.
/// </summary>
internal sealed class DemoMemory(ulong seed)
{
    private const double HostGiB = 2;
    private const double KiBPerGiB = 1_048_576;
    private readonly DemoRandom _random = new(seed);

    public ObservedMemory At(TimeSpan after, HostTopology topology, IEnumerable<DemoGuest> guests)
    {
        var taken = guests.Where(guest => guest.Cell is not null).ToLookup(guest => guest.Cell!.Value, guest => guest.MemoryGiB);
        var day = 0.5 + (0.4 * Math.Sin((after.TotalHours - 9) * Math.PI / 12));
        return new ObservedMemory([.. (topology.Cells ?? []).Select(cell => Sample(cell, taken[cell.Id].Sum(), day))]);
    }

    private CellMemory Sample(Cell cell, int guestsGiB, double day)
    {
        var total = cell.MemoryKiB!.Value;
        var left = Math.Max(0, (total / KiBPerGiB) - guestsGiB - HostGiB);
        var cache = left * day * (0.5 + (0.1 * _random.Next()));
        var free = Math.Max(0.05, left - cache - (0.2 * _random.Next()));
        return new CellMemory(cell.Id, total, Pages(free), Pages(0.8 * cache), [new FreePages(2048, 0), new FreePages(1_048_576, 0)]);
    }

    // Whole pages of 4 KiB, as a kernel counts.
    private static long Pages(double gib) => (long)(gib * KiBPerGiB / 4) * 4;
}
