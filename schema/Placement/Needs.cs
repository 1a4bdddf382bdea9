using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>What one guest cell needs, counted.</summary>
internal sealed class Needs
{
    public Needs(CellDemand demand, bool hasEmulator)
    {
        Demand = demand;
        Shared = demand.SharedVcpus?.Count ?? 0;
        Dedicated = demand.DedicatedVcpus?.Count ?? 0;
        HasEmulator = hasEmulator;
        Reserved = demand.ReservedCpus ?? 0;
        MemoryKiB = demand.MemoryKiB ?? 0;
        Smt = demand.Smt ?? SmtPolicy.Prefer;
    }

    public CellDemand Demand { get; }

    public int Shared { get; }

    public int Dedicated { get; }

    public int Reserved { get; }

    public bool HasEmulator { get; }

    public long MemoryKiB { get; }

    public SmtPolicy Smt { get; }

    /// <summary>Dedicated CPUs beside those of the vCPUs.</summary>
    public int Aside => Reserved + (HasEmulator ? 1 : 0);

    public int Cpus => Dedicated + Aside;

    public static Needs[] Of(PlacementGuest guest)
    {
        var cells = guest.Cells!;
        var needs = new Needs[cells.Count];
        for (var i = 0; i < needs.Length; i++)
        {
            needs[i] = new Needs(cells[i], guest.EmulatorThreads == EmulatorPolicy.Isolate && i == 0);
        }

        return needs;
    }

    /// <summary>Whether the two may change places without any difference.</summary>
    public bool IsLike(Needs other) => Shared == other.Shared && Dedicated == other.Dedicated && Aside == other.Aside
        && HasEmulator == other.HasEmulator && MemoryKiB == other.MemoryKiB && Smt == other.Smt
        && Demand.PageSizeKiB == other.Demand.PageSizeKiB && Demand.PageSize == other.Demand.PageSize
        && Demand.Resources is null or { Count: 0 } && other.Demand.Resources is null or { Count: 0 }
        && (Demand.OnlyOn?.Equals(other.Demand.OnlyOn) ?? other.Demand.OnlyOn is null);
}
