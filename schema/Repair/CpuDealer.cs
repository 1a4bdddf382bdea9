using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// Gives each wanted CPU a CPU of its slot's cell: no CPU twice, what shared a core shares one again. Greedy, in a fixed order: who can
/// stay, then the largest units first, each onto the core that keeps most of it and leaves least over.
/// </summary>
internal sealed class CpuDealer(Intent intent, Ground ground, int[] cells, Manner manner)
{
    private readonly Dictionary<WantedCpu, int> _given = [];
    private readonly HashSet<int> _cores = [];
    private readonly CpuSet[] _free = [.. cells.Select((cell, slot) => intent.Slots[slot].HasCpus ? ground.In(cell) : CpuSet.Empty)];

    /// <summary>The CPUs given; what found no place is missing.</summary>
    public IReadOnlyDictionary<WantedCpu, int> Deal()
    {
        var units = manner == Manner.Loose && intent.Guest.Smt is not (SmtPolicy.Require or SmtPolicy.Isolate)
            ? intent.Units.SelectMany(unit => unit).Select(cpu => (IReadOnlyList<WantedCpu>)[cpu]).ToList()
            : [.. intent.Units];
        var moving = manner == Manner.Anew ? units : [.. units.Where(unit => !TryStay(unit))];
        foreach (var unit in moving.OrderByDescending(unit => unit.Count).ThenBy(unit => unit[0].Order))
        {
            Place(unit);
        }

        return _given;
    }

    private bool TryStay(IReadOnlyList<WantedCpu> unit)
    {
        if (unit.Any(cpu => cpu.Id is not { } id || !IsOpen(cpu, id) || !IsAsGood(cpu, id))
            || unit.Select(cpu => ground.CoreOf(cpu.Id!.Value)).Distinct().Count() > 1
            || (!MayShare && _cores.Contains(ground.CoreOf(unit[0].Id!.Value))))
        {
            return false;
        }

        foreach (var cpu in unit)
        {
            Give(cpu, cpu.Id!.Value);
        }

        return true;
    }

    private void Place(IReadOnlyList<WantedCpu> unit)
    {
        var own = CpuSet.Of(unit.Select(cpu => cpu.Id).OfType<int>());
        var best = _free[unit[0].Slot].Members().Where(cpu => IsOpen(unit[0], cpu))
            .GroupBy(ground.CoreOf)
            .Where(core => core.Count() >= unit.Count && (MayShare || !_cores.Contains(core.Key)))
            .OrderByDescending(core => core.Count(cpu => IsOfType(cpu)) >= unit.Count)
            .ThenByDescending(core => core.Count(cpu => IsIsolated(cpu) == unit[0].IsIsolated) >= unit.Count)
            .ThenByDescending(core => core.Count(own.Contains))
            .ThenBy(core => core.Count())
            .ThenBy(core => core.Key)
            .FirstOrDefault();
        if (best is null)
        {
            return;
        }

        // Whoever's CPU is on the core keeps it; the others take what is left, in order.
        var left = best.ToList();
        foreach (var cpu in unit.Where(cpu => cpu.Id is { } id && left.Remove(id)).ToList())
        {
            Give(cpu, cpu.Id!.Value);
        }

        foreach (var (cpu, to) in unit.Where(cpu => !_given.ContainsKey(cpu)).Zip(left).ToList())
        {
            Give(cpu, to);
        }
    }

    private bool MayShare => manner == Manner.Loose && intent.Guest.Smt != SmtPolicy.Isolate;

    private void Give(WantedCpu wanted, int cpu)
    {
        _given.Add(wanted, cpu);
        _cores.Add(ground.CoreOf(cpu));
        for (var slot = 0; slot < _free.Length; slot++)
        {
            _free[slot] = _free[slot].Except(CpuSet.Of(cpu));
        }
    }

    private bool IsOpen(WantedCpu wanted, int cpu) => _free[wanted.Slot].Contains(cpu);

    // A CPU that is there but not what it was is given up where the host has the kind that is meant.
    private bool IsAsGood(WantedCpu wanted, int cpu) =>
        (!wanted.IsIsolated || IsIsolated(cpu) || ground.Host.Isolated is not { IsEmpty: false }) && IsOfType(cpu);

    private bool IsIsolated(int cpu) => ground.Host.Isolated?.Contains(cpu) == true;

    private bool IsOfType(int cpu) => intent.CoreType is null || ground.Host.Info(cpu)?.CoreType is not { } type || type == intent.CoreType;
}
