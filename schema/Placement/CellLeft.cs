using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What a host cell has left once the guest is there: of its dedicated CPUs where the guest takes such, else of its shared ones; of the memory that guests may have,
/// KiB.
/// </summary>
public readonly record struct CellLeft(int HostCell, double CpusLeft, int Cpus, long MemoryLeftKiB, long MemoryKiB)
{
    /// <summary>The mean of both shares, 0 to 1.</summary>
    [JsonIgnore]
    public double Share => (Part(CpusLeft, Cpus) + Part(MemoryLeftKiB, MemoryKiB)) / 2;

    private static double Part(double part, double whole) => whole <= 0 ? 0 : Math.Clamp(part / whole, 0, 1);
}
