using System.Text;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Changes;

/// <summary>
/// What can be seen of a host at a moment, as text: as a state says it, and as the newest looks say it.
/// </summary>
public static class Visible
{
    private static readonly string[] Sources = ["libvirt", "sysfs"];

    public static string Of(HostState state)
    {
        var text = new StringBuilder().AppendLine(state.Name);
        foreach (var name in Sources)
        {
            var source = state.Sources.GetValueOrDefault(name) ?? new SourceState(name);
            Append(text, source.Boot, source.Structure?.Fingerprint, source.Capacity?.Fingerprint, source.HasFailed);
        }

        return text.ToString();
    }

    public static string Of(IEnumerable<Look> looks, DateTimeOffset at)
    {
        var until = looks.Where(look => look.At <= at).ToList();
        var seen = until.Where(look => look.Seen is not null).Select(look => look.Seen!).ToList();
        var name = seen.MaxBy(look => (look.ObservedAt, look.Host))?.Host ?? "h1";
        var text = new StringBuilder().AppendLine(name);
        foreach (var source in Sources)
        {
            var mine = seen.Where(look => look.Source == source).ToList();
            var topologies = mine.Where(look => look.Topology is not null).ToList();
            var structure = Last(topologies.Select(look => new TopologyObserved(
                "h1", source, look.Topology!.Fingerprint!, look.Topology.Structure(), look.ObservedAt)));
            var capacity = Last(topologies.Select(look => new CapacityObserved(
                "h1", source, look.Topology!.CapacityFingerprint!, look.Topology.Capacity(), look.ObservedAt)));
            var last = until.Where(look => look.Source == source).MaxBy(look => (look.At, look.Seen is null));
            var failed = last is { Seen: null };
            Append(text, Last(mine.Select(Booted)), structure?.Fingerprint, capacity?.Fingerprint, failed);
        }

        return text.ToString();
    }

    private static T? Last<T>(IEnumerable<T> facts)
        where T : class, IHostFact => facts.Aggregate((T?)null, (last, fact) => Newest.Of(last, fact));

    private static void Append(
        StringBuilder text, HostBooted? boot, Fingerprint? structure, Fingerprint? capacity, bool failed)
    {
        var health = failed ? "failed" : "answers";
        text.AppendJoin(' ', boot?.BootId, boot?.Settings, structure, capacity, health).AppendLine();
    }

    private static HostBooted Booted(Observation seen) => new(
        "h1",
        seen.Host,
        seen.Source,
        seen.MachineId,
        seen.ProductUuid,
        seen.BootId,
        seen.BootedAt,
        seen.Architecture,
        seen.Hypervisor,
        seen.HostSettings,
        seen.ObservedAt);
}
