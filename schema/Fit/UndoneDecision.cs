using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// What somebody decided and the judged layer does not carry out, and the machine as it was then; topology null = it was not kept. Overtaken = the layer was
/// first seen as it is after the decision, so somebody pinned otherwise since.
/// </summary>
public sealed record UndoneDecision(GuestPins Pins, string By, HostTopology? Topology, bool IsOvertaken = false);
