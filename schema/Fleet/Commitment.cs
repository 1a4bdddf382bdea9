using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// What a guest takes from a host: as it runs there or else as it would start, and what a decision that is not carried out promises it on top. The CPUs
/// that any of its threads is pinned to, those of them that are promised to nobody else, and the ordinary memory that is bound to cells, KiB by cell. Memory
/// bound to several cells is split evenly, since nothing tells where it will lie; huge pages are counted by the host's own pools. Isolates: it wants its
/// cores alone, so their other threads are taken as well, whichever these are on that host. Runs: it has its memory.
/// </summary>
public sealed record Commitment(
    string Host, PinLayer Layer, CpuSet Pinned, CpuSet Exclusive, IReadOnlyDictionary<int, long> MemoryKiB, bool Isolates = false, bool Runs = false)
{
    /// <summary>Empty where the guest is nowhere, or nothing is known of its pins.</summary>
    public static IReadOnlyList<Commitment> Of(GuestState guest)
    {
        var known = new FleetGuest(guest, _ => null);
        return [.. guest.Places.SelectMany(host => known.Takes(host).Select(pins => Of(host, pins, known.IsRunning)))];
    }

    internal static Commitment Of(string host, GuestPins pins, bool isRunning)
    {
        var index = GuestIndex.Of(pins);
        var memory = new SortedDictionary<int, long>();
        foreach (var claim in index.Claims)
        {
            if (claim is { Cells: { IsEmpty: false } cells, PageKiB: null })
            {
                foreach (var cell in cells.Members())
                {
                    memory[cell] = memory.GetValueOrDefault(cell) + claim.In(cell);
                }
            }
        }

        return new Commitment(
            host, pins.Layer, index.Everything, index.Dedicated, memory, pins.Smt == SmtPolicy.Isolate, isRunning && pins.Layer == PinLayer.Live);
    }
}
