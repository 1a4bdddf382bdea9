using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// The silicon that a CPU number stood for when a pinning was made, so that "same number, other core" is seen. Null = not known.
/// </summary>
public sealed record CpuIdentity(
    int Id,
    int? Cell,
    int? Socket,
    int? Die,
    int? Core,
    CpuSet? Siblings,
    CpuSet? L3,
    string? CoreType,
    string? Model,
    int? ApicId);
