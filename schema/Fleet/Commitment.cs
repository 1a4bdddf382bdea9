using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// What a guest takes from the host it is on, as it runs or else as it would start: the CPUs that any of its threads is pinned to, those of
/// them that are promised to nobody else, and the ordinary memory that is bound to cells, KiB by cell. Memory bound to several cells is
/// split evenly, since nothing tells where it will lie; huge pages are counted by the host's own pools. Isolates: it wants its cores alone, so their other
/// threads are taken as well, whichever these are on that host. Runs: it has its memory.
/// </summary>
public sealed record Commitment(string Host, CpuSet Pinned, CpuSet Exclusive, IReadOnlyDictionary<int, long> MemoryKiB, bool Isolates = false, bool Runs = false)
{
    /// <summary>Null where the guest is nowhere, or nothing is known of its pins.</summary>
    public static Commitment? Of(GuestState guest)
    {
        var known = new FleetGuest(guest, _ => null);
        if (known.Host is not { } host || known[known.Now]?.Pins is not { } pins)
        {
            return null;
        }

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

        return new Commitment(host, index.Everything, index.Dedicated, memory, pins.Smt == SmtPolicy.Isolate, known.IsRunning);
    }
}
