using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// One of two guests that met: the thread (<c>vcpu</c>, <c>emulator</c> or <c>iothread</c> with its number), the layer (<c>live</c>,
/// <c>config</c> or <c>decided</c>) and CPUs of its pin, since when it had them, whether it had them alone, who decided it and why, and its event.
/// </summary>
public sealed record OverlapSideItem(
    string Guest,
    Guid Uuid,
    string Layer,
    string Thread,
    int Number,
    CpuSet Cpus,
    bool Exclusive,
    string? Who,
    string? Why,
    DateTimeOffset Since,
    Guid Event);
