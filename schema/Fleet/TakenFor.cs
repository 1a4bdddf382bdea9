using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// What hosts were taken for when something was pinned there. Numbers mean what whoever decided believed, also where a fact that came late says that the
/// host was another one by then; whoever only saw pins believed nothing, and the truth counts.
/// </summary>
public sealed class TakenFor(KnownTopologies known)
{
    private readonly Dictionary<(string Host, string Source, Fingerprint Fingerprint), IHostFact> _said = [];

    /// <summary>A source said so of a host.</summary>
    public void Pass(IHostFact fact)
    {
        switch (fact)
        {
            case TopologyObserved seen:
                _said[(seen.Host, seen.Source, seen.Fingerprint)] = seen;
                break;
            case CapacityObserved seen:
                _said[(seen.Host, seen.Source, seen.Fingerprint)] = seen;
                break;
        }
    }

    /// <summary>
    /// The topology that pins made there are to be compared with, where it is another than the one in force then, as the source of that gave it;
    /// null = it is not, or that source gave no such.
    /// </summary>
    public HostTopology? Of(Circumstances circumstances, SourceState? inForce) =>
        inForce is not null && !circumstances.Agrees(inForce)
            && Said(circumstances, inForce, circumstances.Structure) is TopologyObserved structure
            && (circumstances.Capacity is null || Said(circumstances, inForce, circumstances.Capacity) is CapacityObserved)
            ? known.Of(structure, Said(circumstances, inForce, circumstances.Capacity) as CapacityObserved)
            : null;

    private IHostFact? Said(Circumstances circumstances, SourceState source, Fingerprint? fingerprint) =>
        fingerprint is null ? null : _said.GetValueOrDefault((circumstances.Host, source.Name, fingerprint));
}
