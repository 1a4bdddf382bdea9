using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.State;

/// <summary>
/// A stretch of observed time in which one thread of a guest was pinned so in one layer: <c>config</c>, <c>live</c>, or
/// <c>decided</c>, what a decision holds whatever a hypervisor shows. Thread is <c>vcpu</c>, <c>emulator</c>,
/// <c>iothread</c> or <c>reserved</c>, CPUs set aside for the guest; Number counts within it. Until null = it still is. By and Why are those of the decision in force, null without one.
/// </summary>
public sealed record PinInterval(
    string Host,
    string Layer,
    string Thread,
    int Number,
    CpuSet Cpus,
    bool Exclusive,
    string? By,
    string? Why,
    Guid Event,
    DateTimeOffset From,
    DateTimeOffset? Until);
