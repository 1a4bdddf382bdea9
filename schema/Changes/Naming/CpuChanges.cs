using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>CPUs that went offline, came online, appeared or vanished: one change for all that did the same.</summary>
internal static class CpuChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var (gone, added, offline, online) = differing.Cpus;
        return new[]
        {
            Change(ChangeNames.CpuGone, gone, "present", "absent", () => CpuConsequences.OfPresence(differing, gone, true)),
            Change(ChangeNames.CpuAdded, added, "absent", "present", () => CpuConsequences.OfPresence(differing, added, false)),
            Change(ChangeNames.CpuOffline, offline, "online", "offline", () => CpuConsequences.OfPower(differing, offline, true)),
            Change(ChangeNames.CpuOnline, online, "offline", "online", () => CpuConsequences.OfPower(differing, online, false)),
        }.OfType<TopologyChange>();
    }

    // No places left: another change, of SMT, has told it.
    private static TopologyChange? Change(
        string name, CpuSet cpus, string before, string after, Func<IReadOnlyList<TopologyPart>> claim) =>
        !cpus.IsEmpty && claim() is { Count: > 0 } parts
            ? new TopologyChange(name, $"cpu {cpus}", before, after, parts)
            : null;
}
