using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>The host a pinning is judged on, as it is, was or would be; null = not known.</summary>
public sealed record FitHost(
    string Name,
    HostTopology? Topology,
    ObservedMemory? Memory = null,
    string? Architecture = null,
    HostSettings? Settings = null);
