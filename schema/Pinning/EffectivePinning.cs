namespace NumaHistory.Schema.Pinning;

/// <summary>
/// What is in force for a running guest, whatever was declared: its online vCPUs and its I/O threads, by rising
/// number. Every vCPU that is online has an entry, also one that may run anywhere.
/// </summary>
public sealed record EffectivePinning(
    IReadOnlyList<EffectivePin>? Pins = null, IReadOnlyList<IothreadPin>? Iothreads = null)
{
    /// <summary>The vCPUs.</summary>
    public IReadOnlyList<EffectivePin> Pins { get; init; } = Pins ?? [];

    /// <summary>The I/O threads.</summary>
    public IReadOnlyList<IothreadPin> Iothreads { get; init; } = Iothreads ?? [];

    /// <summary>The same without what is true for an instant only: the CPUs that vCPUs happened to be on.</summary>
    public EffectivePinning Lasting() => this with { Pins = [.. Pins.Select(pin => pin with { Cpu = null })] };
}
