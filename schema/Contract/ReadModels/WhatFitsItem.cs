using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The largest guest of a shape that fits on a host, <c>numa-history what-fits HOST</c>: the most vCPUs, the most memory with them, KiB, and the
/// cells of the host it would lie on; MostMemoryKiB with one vCPU for each cell. All 0 where none fits, null where nobody can tell: Reason says why.
/// </summary>
public sealed record WhatFitsItem(
    string Host,
    string Shape,
    int Cells,
    CpuKind Cpu,
    SmtPolicy? Smt,
    long? PageSizeKiB,
    int? Vcpus,
    long? MemoryKiB,
    long? MostMemoryKiB,
    CpuSet? HostCells,
    string? Reason);
