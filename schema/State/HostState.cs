using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.State;

/// <summary>
/// What is known of one host: the only fold of host facts. Facts may come in any order; per facet and source the fact
/// with the newest observed time holds, so any permutation ends in the same state (law 6). For a past moment fold only
/// the facts observed up to it.
/// </summary>
public sealed record HostState(string Key)
{
    /// <summary>The fact that gave the host its name: a boot or a renaming; null before either.</summary>
    public IHostFact? Naming { get; private init; }

    /// <summary>What each source said, by source name.</summary>
    public IReadOnlyDictionary<string, SourceState> Sources { get; private init; } =
        new SortedDictionary<string, SourceState>(StringComparer.Ordinal);

    /// <summary>The host's name; its key before it had one.</summary>
    public string Name => NameOf(Naming) ?? Key;

    /// <summary>The source in force for the topology; null when none gave one.</summary>
    public SourceState? InForce { get; private init; }

    /// <summary>The topology in force, or null.</summary>
    public HostTopology? Topology => InForce?.Topology;

    /// <summary>The boot in force, from the best source that told of one.</summary>
    public HostBooted? Boot { get; private init; }

    /// <summary>The hypervisor that any source named; Xen wins, since it changes which source is believed.</summary>
    public string? Hypervisor { get; private init; }

    /// <summary>The state with one more fact.</summary>
    public HostState After(IHostFact fact)
    {
        var named = NameOf(fact) is null ? this : this with { Naming = Newest.Naming(Naming, fact) };
        return SourceOf(fact) is { } source ? named.WithSource(source, fact) : named;
    }

    /// <summary>The name a fact gives its host, or null.</summary>
    public static string? NameOf(IHostFact? fact) => fact switch
    {
        HostBooted booted => booted.Name,
        HostRenamed renamed => renamed.Name,
        _ => null,
    };

    /// <summary>The source a fact comes from, or null where it has none.</summary>
    public static string? SourceOf(IHostFact fact) => fact switch
    {
        HostBooted booted => booted.Source,
        TopologyObserved seen => seen.Source,
        CapacityObserved seen => seen.Source,
        SourceFailed failed => failed.Source,
        SourceRecovered recovered => recovered.Source,
        SamplingGap gap => gap.Source,
        MemoryBlockRecorded block => block.Source,
        _ => null,
    };

    private static SourceState? Best(IEnumerable<SourceState> sources, string? hypervisor) => sources
        .Select(source => (source, rank: SourceRank.Of(source.Name, hypervisor)))
        .Where(ranked => ranked.rank is not null)
        .OrderBy(ranked => ranked.rank)
        .FirstOrDefault().source;

    private HostState WithSource(string name, IHostFact fact)
    {
        var sources = new SortedDictionary<string, SourceState>(Sources.ToDictionary(), StringComparer.Ordinal)
        {
            [name] = (Sources.GetValueOrDefault(name) ?? new SourceState(name)).After(fact),
        };
        var hypervisor = sources.Values.Select(source => source.Boot?.Hypervisor).OfType<string>().OrderBy(one => one != "xen").FirstOrDefault();
        return this with
        {
            Sources = sources,
            Hypervisor = hypervisor,
            InForce = Best(sources.Values.Where(source => source.Structure is not null), hypervisor),
            Boot = Best(sources.Values.Where(source => source.Boot is not null), hypervisor)?.Boot,
        };
    }
}
