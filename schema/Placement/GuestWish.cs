using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// A guest that somebody wants to place somewhere in a fleet. Layout are the guest's own cells; null = vCPUs and memory (KiB) in even parts, over
/// Cells of them, or null = over the fewest. Near is a device's address or name that a guest cell has to lie beside; HostDevices are the addresses of
/// those that the guest is given. Recorded hosts list their huge pages only, and the base page is the smallest there is: small pages, or of its size, are
/// ordinary memory, large ones are huge pages of any size. Limits hold the ratios, the memory of each cell that guests may not have and what each guest costs beside its own.
/// </summary>
public sealed record GuestWish(
    string Name,
    int Vcpus,
    long MemoryKiB,
    CpuKind Cpu = CpuKind.Dedicated,
    int? Cells = null,
    IReadOnlyList<GuestCell>? Layout = null,
    SmtPolicy? Smt = null,
    long? PageSizeKiB = null,
    PageChoice? PageSize = null,
    EmulatorPolicy? Emulator = null,
    int Reserved = 0,
    string? Near = null,
    PlacementPolicy? Policy = null,
    FitLimits? Limits = null,
    bool AllowSharedCells = false,
    CpuSet? OnCells = null,
    IReadOnlyList<string>? HostDevices = null)
{
    /// <summary>The guest's UUID, where it has one: what is recorded of it is not in its own way; null = it is new.</summary>
    public string? Uuid { get; init; }

    /// <summary>How many of the vCPUs are online at first; null = all.</summary>
    public int? CurrentVcpus { get; init; }

    /// <summary>How much of the memory it has at first, KiB; null = all.</summary>
    public long? CurrentMemoryKiB { get; init; }

    /// <summary>The ids of its I/O threads: they run where the emulator does.</summary>
    public IReadOnlyList<int> Iothreads { get; init; } = [];

    // That of every machine that has pages of this size at all.
    private const long BasePageKiB = 4;

    /// <summary>The size of the huge pages that it is in, if one is named.</summary>
    internal long? HugePageKiB => PageSizeKiB > BasePageKiB ? PageSizeKiB : null;

    internal bool CountsPages => HugePageKiB is not null || (PageSizeKiB is null && PageSize is PageChoice.Large or PageChoice.Any);

    /// <summary>Dedicated CPUs beside those of the vCPUs.</summary>
    internal int Aside => Reserved + (Emulator == EmulatorPolicy.Isolate ? 1 : 0);

    /// <summary>
    /// The guest as cells, so many of them; the first is given what does not go evenly, and reserved CPUs. Near are the host cells that the
    /// guest cell of index beside has to lie on, null = it lies anywhere.
    /// </summary>
    internal IReadOnlyList<CellDemand> Demands(int count, CpuSet? near, int beside = 0)
    {
        var sizes = Layout?.Select(cell => (cell.Id, Vcpus: cell.Vcpus ?? CpuSet.Empty, KiB: cell.MemoryKiB ?? 0)).ToList() ?? Even(count);
        return
        [
            .. sizes.Select((cell, i) => new CellDemand(
                cell.Id,
                Cpu == CpuKind.Shared ? cell.Vcpus : null,
                Cpu == CpuKind.Dedicated ? cell.Vcpus : null,
                cell.KiB,
                HugePageKiB,
                HugePageKiB is null && CountsPages ? PageChoice.Any : null,
                Smt,
                i == 0 ? Reserved : 0,
                OnlyOn: i == beside && near is not null ? near : OnCells)),
        ];
    }

    private List<(int Id, CpuSet Vcpus, long KiB)> Even(int count)
    {
        var cells = new List<(int, CpuSet, long)>();
        var page = HugePageKiB ?? 1024;
        var share = MemoryKiB / count / page * page;
        for (var (i, first) = (0, 0); i < count; i++)
        {
            var vcpus = (Vcpus / count) + (i < Vcpus % count ? 1 : 0);
            cells.Add((i, vcpus == 0 ? CpuSet.Empty : CpuSet.Range(first, first + vcpus - 1), i == 0 ? MemoryKiB - (share * (count - 1)) : share));
            first += vcpus;
        }

        return cells;
    }
}
