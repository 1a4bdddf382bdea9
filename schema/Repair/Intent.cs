using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// What a pinning is for, whatever numbers it uses: which vCPUs share CPUs, which CPUs share a core, which lie in one cell with which
/// memory. Sets are by vCPU; <see cref="Inherited"/> is the set of all that have none.
/// </summary>
internal sealed record Intent(
    GuestPins Guest,
    IReadOnlyList<Slot> Slots,
    IReadOnlyDictionary<int, IReadOnlyList<WantedCpu>> Sets,
    string? CoreType)
{
    public const int Inherited = -1;

    /// <summary>CPUs that belong on one core, by slot.</summary>
    public IReadOnlyList<IReadOnlyList<WantedCpu>> Units { get; } =
    [
        .. Sets.OrderBy(set => set.Key).SelectMany(set => set.Value).Distinct()
            .GroupBy(cpu => (cpu.Slot, cpu.Core)).Select(unit => unit.OrderBy(cpu => cpu.Order).ToList()),
    ];
}
