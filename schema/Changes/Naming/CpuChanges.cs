using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>CPUs that went offline, came online, appeared or vanished: one change for all that did the same.</summary>
internal static class CpuChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var (gone, added, offline, online) = differing.Cpus;
        var parts = new
        {
            Gone = CpuConsequences.OfPresence(differing, gone, leaving: true),
            Added = CpuConsequences.OfPresence(differing, added, leaving: false),
            Offline = CpuConsequences.OfPower(differing, offline, leaving: true),
            Online = CpuConsequences.OfPower(differing, online, leaving: false),
        };
        return new[]
        {
            Change(ChangeNames.CpuGone, "present", "absent", gone, parts.Gone),
            Change(ChangeNames.CpuAdded, "absent", "present", added, parts.Added),
            Change(ChangeNames.CpuOffline, "online", "offline", offline, parts.Offline),
            Change(ChangeNames.CpuOnline, "offline", "online", online, parts.Online),
        }.OfType<TopologyChange>();
    }

    // No places left: another change, of SMT, has told it.
    private static TopologyChange? Change(
        string name, string before, string after, CpuSet cpus, IReadOnlyList<TopologyPart> parts) =>
        parts.Count > 0 ? new TopologyChange(name, $"cpu {cpus}", before, after, parts) : null;
}
