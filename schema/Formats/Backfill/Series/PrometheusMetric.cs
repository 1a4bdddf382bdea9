using System.Globalization;

namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>A series of node_exporter's <c>node_memory_numa_*</c>: which value it is, of which cell of which machine.</summary>
internal sealed record PrometheusMetric(string Instance, int Cell, MemoryValue Kind)
{
    public const string Prefix = "node_memory_numa_";

    /// <summary>The series that these labels name; null where it is another one, or has no cell.</summary>
    public static PrometheusMetric? Of(Func<string, string?> label) =>
        KindOf(label("__name__")) is { } kind
        && int.TryParse(label("node"), NumberStyles.None, CultureInfo.InvariantCulture, out var cell)
            ? new PrometheusMetric(label("nodename") ?? label("instance") ?? "", cell, kind)
            : null;

    private static MemoryValue? KindOf(string? name) => name switch
    {
        Prefix + "MemTotal" => MemoryValue.Total,
        Prefix + "MemFree" => MemoryValue.Free,
        Prefix + "MemUsed" => MemoryValue.Used,
        Prefix + "FilePages" => MemoryValue.FilePages,
        Prefix + "Shmem" => MemoryValue.Shmem,
        Prefix + "SReclaimable" => MemoryValue.SlabReclaimable,
        _ => null,
    };
}
