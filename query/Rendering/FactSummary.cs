using System.Globalization;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>A fact in a few words.</summary>
internal static class FactSummary
{
    public static string Of(IHostFact fact, Look look) => fact switch
    {
        HostBooted booted => Booted(booted),
        HostRenamed renamed => $"now named {renamed.Name}",
        TopologyObserved seen => Structure(seen.Structure) + $", {Short(seen.Fingerprint)}",
        CapacityObserved seen => Capacity(seen.Capacity, look) + $", {Short(seen.Fingerprint)}",
        SourceFailed failed => $"{failed.Source} failed: {failed.Reason}",
        SourceRecovered recovered => $"{recovered.Source} answers again",
        SamplingGap gap =>
            $"no samples for {TimeText.Age(gap.To - gap.From)} from {Show.Time(gap.From, look)} ({gap.Reason})",
        _ => "",
    };

    private static string Booted(HostBooted booted)
    {
        string?[] words =
        [
            booted.Name,
            booted.Architecture,
            booted.Hypervisor,
            booted.Settings?.Kernel,
            booted.Settings?.Smt is { } smt ? $"SMT {smt}" : null,
            booted.BootId is { } boot ? $"boot {boot[..Math.Min(8, boot.Length)]}" : null,
        ];
        return string.Join(", ", words.OfType<string>());
    }

    private static string Structure(HostStructure structure)
    {
        string?[] words =
        [
            structure.Cells is { } cells ? Count(cells.Count, "cell") : null,
            structure.Present is { } present ? $"CPUs {present}" : null,
            structure.Devices is { Count: > 0 } devices ? Count(devices.Count, "device") : null,
        ];
        return Join(words, "nothing known");
    }

    private static string Capacity(HostCapacity capacity, Look look)
    {
        var sizes = capacity.Cells?.Select(cell => cell.MemoryKiB).ToList();
        var pages = capacity.Cells?.SelectMany(cell => cell.Pages ?? []).Where(pool => pool.Total > 0)
            .GroupBy(pool => pool.SizeKiB)
            .Select(size => Show.Pool(new PagePool(size.Key, size.Sum(pool => pool.Total))))
            .ToList();
        string?[] words =
        [
            capacity.Online is { } online ? $"CPUs {online} online" : null,
            sizes is null || sizes.Contains(null) ? null : Show.Size(sizes.Sum(), look),
            pages is { Count: > 0 } ? string.Join(' ', pages) : null,
            capacity.Isolated is { IsEmpty: false } isolated ? $"{isolated} isolated" : null,
        ];
        return Join(words, "nothing known");
    }

    private static string Join(IEnumerable<string?> words, string otherwise) =>
        string.Join(", ", words.OfType<string>().DefaultIfEmpty(otherwise));

    private static string Short(Fingerprint fingerprint) => fingerprint.Hex[..8];

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
