using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// What a proposal costs beside its verdict, compared member by member: whether it has to wait for a new start of a guest that
/// runs; cores that are torn apart or shared anew; vCPUs that move; how far cells move and lie apart; CPUs that are lost; memory and other threads that move.
/// </summary>
internal static class RepairCost
{
    public static long[] Of(FitQuestion question, Situation situation, Intent intent, int[] cells, IReadOnlyDictionary<WantedCpu, int> given, GuestPins proposed, Ground ground)
    {
        var before = question.Guest;
        var distance = intent.Slots.Select((slot, index) => CellChoices.Distance(ground.Host, slot.Cell, cells[index])).Sum()
            + cells.SelectMany(_ => cells, (from, to) => CellChoices.Distance(ground.Host, from, to)).Sum();
        var waits = situation == Situation.Running && !RepairMoves.SameMemory(before, proposed) && !RepairMoves.IsLive(before, proposed);
        return
        [
            waits ? 1 : 0,
            Torn(intent, given, ground),
            RepairMoves.Vcpus(before, proposed).Count() + (Equals(before.Cpus, proposed.Cpus) ? 0 : 1),
            distance,
            before.Pins.Zip(proposed.Pins).Sum(pair => (pair.First.Cpus?.Count ?? 0) - (pair.Second.Cpus?.Count ?? 0)),
            RepairMoves.KiB(before, proposed) ?? long.MaxValue,
            RepairMoves.Between(before, proposed, situation).Count,
        ];
    }

    // Cores that hold another number of units than one, and units on another number of cores than one.
    private static int Torn(Intent intent, IReadOnlyDictionary<WantedCpu, int> given, Ground ground)
    {
        var cores = intent.Units
            .SelectMany((unit, index) => unit.Where(given.ContainsKey).Select(cpu => (Unit: index, Core: ground.CoreOf(given[cpu]))))
            .Distinct()
            .ToList();
        return cores.Count - cores.Select(one => one.Unit).Distinct().Count() + cores.Count - cores.Select(one => one.Core).Distinct().Count();
    }

    public static bool IsLess(long[] left, long[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
            {
                return left[i] < right[i];
            }
        }

        return false;
    }
}
