using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>The circumstances in which a pinning was made: the machine and its memory then; null = not known.</summary>
public sealed record FitContext(HostTopology? Topology, ObservedMemory? Memory = null);
