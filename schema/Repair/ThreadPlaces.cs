using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// Where the threads beside the vCPUs go once those have their places: they stay as far as they can, near the vCPUs, and off CPUs that
/// these have alone.
/// </summary>
internal static class ThreadPlaces
{
    public static GuestPins With(GuestPins placed, FitReport report, Ground ground)
    {
        var pins = GuestIndex.Of(placed);
        var home = ground.Host.CellsOf(pins.Vcpus);
        var alone = pins.Dedicated.Union(ground.Host.Isolated?.Intersect(pins.Vcpus) ?? CpuSet.Empty).Intersect(pins.Vcpus);
        var open = ground.Usable.Except(ground.OthersOwn).Except(alone);
        var near = CpuSet.Of(open.Members().Where(cpu => home.IsEmpty || ground.Host.LiesIn(cpu, home)));
        return placed with
        {
            Emulator = placed.Emulator is { } emulator
                ? Place(emulator)
                : IsFloating("emulator") ? New() : null,
            Iothreads =
            [
                .. placed.Iothreads.Select(thread => thread.Cpus is { } cpus ? thread with { Cpus = Place(cpus) }
                    : IsFloating($"iothread {thread.Id}") ? thread with { Cpus = New() } : thread),
            ],
        };

        bool IsFloating(string subject) => report.Findings.Any(finding =>
            finding is { Code: "emulator-floating", Verdict: not Verdict.Info } && finding.Subject == subject);

        CpuSet Place(CpuSet was)
        {
            var left = was.Intersect(open);
            return left.Overlaps(near) || (near.IsEmpty && !left.IsEmpty) ? left
                : near.IsEmpty ? was
                : CpuSet.Of(Ranked().Take(was.Count));
        }

        CpuSet? New() => near.IsEmpty ? null : CpuSet.Of(Ranked());

        // The kernel does not balance over isolated CPUs: one of them, and only where there are no others.
        IEnumerable<int> Ranked() => ground.Host.Isolated is { } isolated
            ? near.Except(isolated) is { IsEmpty: false } plain ? plain.Except(pins.Vcpus) is { IsEmpty: false } idle ? idle.Members() : plain.Members() : [near.First]
            : near.Except(pins.Vcpus) is { IsEmpty: false } rest ? rest.Members() : near.Members();
    }
}
