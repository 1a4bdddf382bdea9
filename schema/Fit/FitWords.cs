using System.Globalization;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>The words that findings are made of.</summary>
internal static class FitWords
{
    /// <summary>What helps against old facts.</summary>
    public const string StaleRepair = "numa-recorder run, or ask about an earlier moment with --at";

    public static string Stale(string why) => $"what is known of this host is too old to judge by: {why}";

    /// <summary><c>CPU 5</c>, <c>CPUs 4-7</c></summary>
    public static string Cpus(CpuSet cpus) => $"CPU{(cpus.Count == 1 ? "" : "s")} {cpus}";

    /// <summary><c>cell 1</c>, <c>cells 0-1</c></summary>
    public static string Cells(CpuSet cells) => $"cell{(cells.Count == 1 ? "" : "s")} {cells}";

    /// <summary><c>is</c> or <c>are</c></summary>
    public static string Is(CpuSet set) => set.Count == 1 ? "is" : "are";

    public static string Vcpu(int vcpu) => string.Create(CultureInfo.InvariantCulture, $"vcpu {vcpu}");

    public static string GuestCell(int cell) => string.Create(CultureInfo.InvariantCulture, $"guest cell {cell}");

    public static string Cell(int cell) => string.Create(CultureInfo.InvariantCulture, $"cell {cell}");

    public static string Size(long kib) => MemorySize.Human(kib);

    public static string KiB(long kib) => string.Create(CultureInfo.InvariantCulture, $"{kib}KiB");
}
