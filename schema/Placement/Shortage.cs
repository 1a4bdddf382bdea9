using System.Globalization;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Placement;

/// <summary>One thing a guest cell lacks, in words: what it needs, what a host cell has of it, and what would have to change there.</summary>
internal sealed record Shortage(
    string Code, Verdict Verdict, string Needed, string What, Func<CellSupply, string> Observed, Func<CellSupply, string?> Repair)
{
    public static Shortage Of(Lack lack, Needs needs, PlacementLimits? limits) => lack switch
    {
        Lack.OwnCpus => new(
            "self-overlap", Verdict.Broken, Count(needs.Cpus, "dedicated CPU"), "there are", cell => Text(cell.Dedicated.Count),
            cell => cell.Dedicated.Union(cell.Shared).Count is var all && all < needs.Cpus
                ? Less(all, "CPU") + (all > cell.Dedicated.Count ? $", and set {Count(all - cell.Dedicated.Count, "more CPU")} of cell {cell.Room.Id} aside for dedicated use" : "")
                : $"set {Count(needs.Cpus - cell.Dedicated.Count, "more CPU")} of cell {cell.Room.Id} aside for dedicated use"),
        Lack.FreeCpus => new(
            "overlap", Verdict.Broken, Count(needs.Cpus, "free dedicated CPU"), "free are", cell => $"{cell.FreeCount} of {cell.Dedicated.Count}",
            cell => Math.Min(needs.Cpus, cell.Dedicated.Count) - cell.FreeCount is > 0 and var missing && !CellFit.IsShortOfCores(needs, cell)
                ? $"free {Count(missing, "CPU")} in cell {cell.Room.Id}"
                : null),
        Lack.Cores when needs.Smt == SmtPolicy.Isolate => new(
            "smt-policy", Verdict.Broken, $"{Count(needs.Dedicated, "core")} that nobody else runs on", "there are",
            cell => needs.Aside == 0 || cell.Cores.Count(core => core.IsAlone) < needs.Dedicated
                ? Text(cell.Cores.Count(core => core.IsAlone))
                : $"{cell.Cores.Count(core => core.IsAlone)}, with none left for {Count(needs.Aside, "CPU")} aside",
            cell => cell.CoreCount < needs.Dedicated
                ? Less(cell.CoreCount, "vCPU") + (cell.CoreCount - cell.Cores.Count(core => core.IsAlone) is > 0 and var taken && cell.CoreCount > 0
                    ? $", and free all threads of {Count(taken, "core")} in cell {cell.Room.Id}"
                    : "")
                : $"free all threads of {Count(Math.Max(1, needs.Dedicated - cell.Cores.Count(core => core.IsAlone)), "core")} in cell {cell.Room.Id}"),
        Lack.Cores => new(
            "smt-policy", Verdict.Broken, $"{Count(needs.Dedicated, "vCPU")} on sibling pairs", "free threads with a free sibling are",
            cell => Text(cell.Cores.Where(core => core.Free > 1).Sum(core => core.Free)),
            cell => !cell.HasSmt ? "switch SMT on, or do without require"
                : cell.MostPaired(needs.Dedicated) is var most && most < needs.Dedicated
                    ? Less(most, "vCPU") + (most > 0 && Unpaired(cell, most) is > 0 and var unpaired ? $", and {Freed(unpaired, cell)}" : "")
                : Freed(Math.Max(2, Unpaired(cell, needs.Dedicated)), cell)),
        Lack.OwnShared => new(
            "overcommit", Verdict.Degraded, Count(needs.Shared, "shared CPU"), "there are", cell => Text(BothKinds.SharedLeft(needs, cell).Count),
            cell => cell.Dedicated.Union(cell.Shared).Count - needs.Cpus is var all && all < needs.Shared + cell.OwnShared
                ? all - cell.OwnShared <= 0 && needs.Cpus > 0 ? Less(all + needs.Cpus - cell.OwnShared, "CPU")
                    : Less(all - cell.OwnShared, "vCPU") + (all > cell.OwnShared && all - BothKinds.SharedLeft(needs, cell).Count is > 0 and var unshared
                        ? $", and share {Count(unshared, "more CPU")} of cell {cell.Room.Id}"
                        : "")
                : $"share {Count(needs.Shared + cell.OwnShared - BothKinds.SharedLeft(needs, cell).Count, "more CPU")} of cell {cell.Room.Id}"),
        Lack.SharedRatio => new(
            "overcommit", Verdict.Degraded, $"{Count(needs.Shared, "shared vCPU")} at {Ratio(limits?.CpuAllocationRatio)} a CPU", "left are",
            cell => $"{Math.Max(0, (BothKinds.SharedLeft(needs, cell).Count * (limits?.CpuAllocationRatio ?? 1)) - cell.SharedUsage).ToString("0.##", CultureInfo.InvariantCulture)}",
            cell => RatioRepair(needs, cell, limits?.CpuAllocationRatio ?? 1)),
        Lack.Memory => new(
            "memory-capacity", Verdict.Broken, FitWords.Size(needs.MemoryKiB), "in all it has", cell => FitWords.Size(cell.MemoryKiB),
            cell => cell.MemoryKiB <= cell.OwnKiB ? "take another cell: this one has no memory for it"
                : $"ask for no more than {FitWords.Size(cell.MemoryKiB - cell.OwnKiB)} in a guest cell"),
        Lack.MemoryLeft => new(
            "memory-committed", Verdict.Degraded, FitWords.Size(needs.MemoryKiB), "left are", cell => FitWords.Size(Left(cell, needs, limits)),
            cell => Math.Min(needs.MemoryKiB, cell.MemoryKiB) - Left(cell, needs, limits) is > 0 and var missing
                ? $"free {AtLeast(missing)} in cell {cell.Room.Id}"
                : null),
        Lack.Pages => new(
            "hugepages", Verdict.Broken, $"{FitWords.Size(needs.MemoryKiB)} in {Pages(needs)} pages", "free are", Pools,
            cell => PageRepair(needs, cell)),
        Lack.Resources => new(
            PlacementCodes.Resources, Verdict.Broken, string.Join(", ", needs.Demand.Resources!.Select(one => $"{one.Value} {one.Key}")), "free are",
            cell => Things(cell, needs), cell => $"free {Missing(cell, needs)} in cell {cell.Room.Id}"),
        _ => new(
            "device-remote", Verdict.Degraded, FitWords.Cells(needs.Demand.OnlyOn!), "elsewhere are", _ => "another",
            _ => $"take another device: {FitWords.Cells(needs.Demand.OnlyOn!)} has no CPUs, or may not be used"),
    };

    private static string Less(int most, string what) => most <= 0 ? "take another cell: this one has none for guests" : $"ask for no more than {Count(most, what)} in a guest cell";

    // Pairs are counted whole: one odd vCPU may be alone.
    private static int Unpaired(CellSupply cell, int vcpus) => (vcpus / 2 * 2) - cell.Cores.Where(core => core.Free > 1).Sum(core => core.Free);

    private static string Freed(int threads, CellSupply cell) => $"free {Count(threads, "thread")} on whole cores of cell {cell.Room.Id}";

    // Others can make room up to their own use; beyond that only more of them on a CPU helps. CPUs that are to be shared for it anyway, and vCPUs that are
    // not to be asked for, count as such.
    private static string? RatioRepair(Needs needs, CellSupply cell, double ratio)
    {
        var all = Math.Max(0, cell.Dedicated.Union(cell.Shared).Count - needs.Cpus);
        var shared = Math.Min(needs.Shared, Math.Max(0, all - cell.OwnShared));
        var cpus = Math.Max(cell.SharedCount, Math.Min(all, shared + cell.OwnShared));
        var over = (int)Math.Ceiling(cell.SharedUsage + shared - (cpus * ratio));
        return cpus == 0 || over <= 0 ? null
            : over <= cell.SharedUsage ? $"move {Count(over, "shared vCPU")} off cell {cell.Room.Id}"
            : $"allow {Ratio((cell.SharedUsage + shared) / cpus)} shared vCPU{(shared + cell.SharedUsage == cpus ? "" : "s")} for a CPU";
    }

    // As many pages as are missing of the size that misses the fewest; memory that is no whole number of pages fits none.
    private static string? PageRepair(Needs needs, CellSupply cell)
    {
        var nearest = (cell.Room.Pages ?? []).Where(pool => CellFit.IsMeant(needs.Demand, cell.Room.Pages!, pool.SizeKiB))
            .Select(pool => (pool.SizeKiB, Missing: ((needs.MemoryKiB + pool.SizeKiB - 1) / pool.SizeKiB) - pool.Free))
            .OrderBy(pool => pool.Missing * pool.SizeKiB)
            .Select(pool => ((long SizeKiB, long Missing)?)pool)
            .FirstOrDefault()
            ?? (needs.Demand.PageSizeKiB is { } size ? (size, (needs.MemoryKiB + size - 1) / size) : null);
        if (nearest is not var (page, missing))
        {
            return needs.Demand.PageSize == PageChoice.Small
                ? "do without huge pages: the smallest size of this cell is not known"
                : $"set {Pages(needs)} pages aside in cell {cell.Room.Id}";
        }

        var isListed = cell.Room.Pages?.Any(pool => pool.SizeKiB == page) == true;
        string?[] steps =
        [
            needs.MemoryKiB % page == 0 ? null : $"round its memory to whole pages of {FitWords.Size(page)}",
            missing > 0 && page <= 64 && isListed ? $"free {FitWords.Size(missing * page)} of ordinary memory in cell {cell.Room.Id}"
                : missing > 0 ? $"set {Count((int)Math.Min(missing, int.MaxValue), $"more page")} of {FitWords.Size(page)} aside in cell {cell.Room.Id}" : null,
        ];
        return string.Join(" and ", steps.OfType<string>()) is { Length: > 0 } all ? all : null;
    }

    // A size in words is rounded down; what is to be freed is rounded up.
    private static string AtLeast(long kib)
    {
        var unit = kib >= 1L << 30 ? 1L << 30 : kib >= 1L << 20 ? 1L << 20 : kib >= 1L << 10 ? 1L << 10 : 1;
        return FitWords.Size(unit == 1 ? kib : (long)Math.Ceiling(Math.Ceiling(kib * 10.0 / unit) * unit / 10));
    }

    private static long Left(CellSupply cell, Needs needs, PlacementLimits? limits)
    {
        var most = needs.Dedicated > 0 ? cell.MemoryKiB : cell.MemoryKiB * (limits?.MemoryAllocationRatio ?? 1);
        return (long)Math.Clamp(most - cell.UsedKiB, 0, 1L << 50);
    }

    private static string Pools(CellSupply cell) => cell.Room.Pages is { Count: > 0 } pools
        ? string.Join(" ", pools.Select(pool => $"{Text(pool.Free)}x{FitWords.Size(pool.SizeKiB).Replace(" ", "", StringComparison.Ordinal)}"))
        : "none";

    private static string Things(CellSupply cell, Needs needs) =>
        string.Join(" ", needs.Demand.Resources!.Select(one => $"{cell.Room.Resources?.GetValueOrDefault(one.Key) ?? 0} {one.Key}"));

    private static string Missing(CellSupply cell, Needs needs) => string.Join(
        " and ",
        needs.Demand.Resources!.Select(one => (one.Key, Short: one.Value - (cell.Room.Resources?.GetValueOrDefault(one.Key) ?? 0)))
            .Where(one => one.Short > 0).Select(one => $"{Text(one.Short)} more {one.Key}"));

    private static string Pages(Needs needs) => needs.Demand.PageSizeKiB is { } size ? FitWords.Size(size) : needs.Demand.PageSize switch
    {
        PageChoice.Small => "small",
        PageChoice.Large => "large",
        _ => "whole",
    };

    private static string Ratio(double? ratio) => (ratio ?? 1).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => $"{Text(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
