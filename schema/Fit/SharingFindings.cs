using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>CPUs that more than one wants: overlap, self-overlap, overcommit.</summary>
internal static class SharingFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var theirs in GuestIndex.Of(fit.Question.Others))
        {
            if (GuestIndex.Same(theirs.Guest, fit.Guest))
            {
                continue;
            }

            var promised = Promised(fit, theirs);
            if (fit.Pins.Dedicated.Overlaps(theirs.Everything) || promised.Overlaps(fit.Pins.Everything))
            {
                Overlap(fit, theirs, promised);
            }
        }

        if (fit.Guest.Exclusive == true)
        {
            SelfOverlap(fit);
        }

        if (fit.Question.Limits.CpuAllocationRatio is { } ratio && fit.Guest.Exclusive != true)
        {
            Overcommit(fit, ratio);
        }
    }

    // Of a core that somebody wants alone the other threads are his too; that this guest's own are met is said of its SMT policy.
    private static CpuSet Promised(FitCase fit, GuestIndex theirs) =>
        theirs.Guest.Smt == SmtPolicy.Isolate ? theirs.Dedicated.Union(theirs.Alone(fit.Host).Except(theirs.Vcpus)) : theirs.Dedicated;

    private static void Overlap(FitCase fit, GuestIndex theirs, CpuSet promised)
    {
        var met = fit.Pins.Dedicated.Intersect(theirs.Everything).Union(promised.Intersect(fit.Pins.Everything));
        var whose = fit.Pins.Dedicated.Overlaps(met)
            ? promised.Overlaps(met) ? "both were promised to have alone" : "this guest was promised to have alone"
            : $"{theirs.Guest.Guest} was promised to have alone";
        fit.Add(
            "overlap", Verdict.Broken, $"guest {theirs.Guest.Guest}", fit.Pins.Everything.ToString(), met.ToString(),
            met.Overlaps(theirs.Everything)
                ? $"{fit.Guest.Guest} and {theirs.Guest.Guest} are both pinned to {FitWords.Cpus(met)}, which {whose}"
                : $"{fit.Guest.Guest} is pinned to {FitWords.Cpus(met)}, on a core that {whose}",
            FitRepairs.Managed(fit.Guest) ?? $"pin one of the two off {FitWords.Cpus(met)}",
            fit.Question.Evidence.Pinning);
    }

    private static void SelfOverlap(FitCase fit)
    {
        for (var i = 0; i < fit.Pins.Active.Length; i++)
        {
            for (var j = i + 1; j < fit.Pins.Active.Length; j++)
            {
                var (left, right) = (fit.Pins.Active[i], fit.Pins.Active[j]);
                if (left.Cpus!.Overlaps(right.Cpus!) && !IsPool(fit, left.Cpus, right.Cpus!))
                {
                    fit.Add(
                        "self-overlap", Verdict.Broken, FitWords.Vcpu(left.Vcpu), left.Cpus.ToString(), right.Cpus!.ToString(),
                        $"vCPU {left.Vcpu} and vCPU {right.Vcpu} are promised CPUs of their own, but both are pinned to {FitWords.Cpus(left.Cpus.Intersect(right.Cpus))}",
                        FitRepairs.Vcpu(fit, right.Vcpu, "CPU"), fit.Question.Evidence.Pinning);
                }
            }
        }
    }

    // vCPUs that share one set with a CPU for each of them are a pool: nobody waits for another.
    private static bool IsPool(FitCase fit, CpuSet left, CpuSet right) =>
        left.Equals(right) && fit.Pins.Active.Count(pin => pin.Cpus!.Equals(left)) <= left.Count;

    private static void Overcommit(FitCase fit, double ratio)
    {
        var everybody = GuestIndex.Of(fit.Question.Others).Where(other => !GuestIndex.Same(other.Guest, fit.Guest)).Append(fit.Pins).ToList();
        foreach (var cell in fit.Host.Topology.Cells ?? [])
        {
            if (cell.Cpus is not { } all || !fit.Pins.Vcpus.Overlaps(all))
            {
                continue;
            }

            var online = fit.Host.Online is { } up ? all.Intersect(up) : all;
            var shared = everybody.Aggregate(online, (left, guest) => left.Except(guest.Dedicated));
            var vcpus = everybody.Where(guest => guest.Guest.Exclusive != true)
                .Sum(guest => guest.Active.Count(pin => pin.Cpus!.IsSubsetOf(all)));
            if (vcpus > ratio * shared.Count)
            {
                fit.Add(
                    "overcommit", Verdict.Degraded, FitWords.Cell(cell.Id), $"{vcpus} vCPUs", $"{shared.Count} shared CPUs",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{vcpus} shared vCPUs are pinned to the {shared.Count} shared CPUs of cell {cell.Id}, more than {ratio} for each"),
                    "move a guest to another cell, or allow a higher ratio", basis: "the allocation ratio that was given");
            }
        }
    }
}
