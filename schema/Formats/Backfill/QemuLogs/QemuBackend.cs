using System.Globalization;
using System.Text.RegularExpressions;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>
/// A piece of a guest's memory: its size, the host cells it is bound to and how (both null = not bound), and the huge pages behind it.
/// PageKiB null with IsHuge = the host's default size.
/// </summary>
internal sealed partial record QemuBackend(string Id, long? SizeKiB, MemoryMode? Mode, CpuSet? Cells, bool IsAllocated, bool IsHuge, long? PageKiB)
{
    public static QemuBackend? Of(QemuOption option, Action<string> problem)
    {
        var kind = option["qom-type"] ?? option.First;
        if (!kind.StartsWith("memory-backend-", StringComparison.Ordinal) || option["id"] is not { } id)
        {
            return null;
        }

        var cells = QemuNumber.Set(option.All("host-nodes"), out var isBad);
        var mode = ModeOf(option["policy"]);
        if (isBad)
        {
            problem($"host-nodes of {id} is no list of cells; its binding is left out");
        }

        var path = option["mem-path"] ?? "";
        var isFile = path.Contains("hugepages", StringComparison.Ordinal);
        var isBound = mode is not null && cells is not null;
        return new QemuBackend(
            id,
            QemuNumber.KiB(option["size"], QemuNumber.Byte),
            isBound ? mode : null,
            isBound ? cells : null,
            option.IsOn("prealloc"),
            isFile || option.IsOn("hugetlb"),
            QemuNumber.KiB(option["hugetlbsize"], QemuNumber.Byte) ?? Mounted(path));
    }

    /// <summary>The page size that the mount point of huge pages is named by, as people name it; null where it is not.</summary>
    public static long? Mounted(string path)
    {
        var match = Mount().Match(path);
        if (!match.Success)
        {
            return null;
        }

        var number = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(match.Groups[2].Value[0]) switch
        {
            'k' => number,
            'm' => number << 10,
            _ => number << 20,
        };
    }

    private static MemoryMode? ModeOf(string? policy) => policy switch
    {
        "bind" => MemoryMode.Strict,
        "preferred" => MemoryMode.Preferred,
        "interleave" => MemoryMode.Interleave,
        _ => null,
    };

    [GeneratedRegex("""hugepages[-_]?(\d{1,7})([kKmMgG])""")]
    private static partial Regex Mount();
}
