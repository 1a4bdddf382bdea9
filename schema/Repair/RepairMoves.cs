using System.Globalization;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>What differs between a pinning and a proposal, and when each difference takes effect.</summary>
internal static class RepairMoves
{
    public static IReadOnlyList<RepairMove> Between(GuestPins before, GuestPins after, Situation situation)
    {
        var threads = Applies(situation);
        var memory = situation == Situation.Running && !IsLive(before, after) ? "next start" : threads;
        return
        [
            .. Vcpus(before, after).Select(pin => new RepairMove(
                FitWords.Vcpu(pin.After.Vcpu), pin.Before.Cpus?.ToString(), pin.After.Cpus?.ToString(), threads)),
            .. One("vcpus", before.Cpus, after.Cpus, situation == Situation.Running ? "next start" : threads),
            .. One("emulator", before.Emulator, after.Emulator, threads),
            .. before.Iothreads.Zip(after.Iothreads).SelectMany(pair => One(
                string.Create(CultureInfo.InvariantCulture, $"iothread {pair.First.Id}"), pair.First.Cpus, pair.Second.Cpus, threads)),
            .. One("memory", before.Memory?.Cells, after.Memory?.Cells, memory),
            .. before.GuestCells.Zip(after.GuestCells).SelectMany(pair => One(
                $"memory of {FitWords.GuestCell(pair.First.Id)}", pair.First.Cells, pair.Second.Cells,
                situation == Situation.Running ? "next start" : threads)),
        ];
    }

    public static IEnumerable<(VcpuPin Before, VcpuPin After)> Vcpus(GuestPins before, GuestPins after) =>
        after.Pins.Select(pin => (Before: before.Pins.FirstOrDefault(one => one.Vcpu == pin.Vcpu) ?? new VcpuPin(pin.Vcpu, before.Cpus), After: pin))
            .Where(pair => !Equals(pair.Before.Cpus, pair.After.Cpus));

    public static bool SameMemory(GuestPins before, GuestPins after) => Equals(before.Memory?.Cells, after.Memory?.Cells)
        && before.GuestCells.Zip(after.GuestCells).All(pair => Equals(pair.First.Cells, pair.Second.Cells));

    /// <summary>Memory whose cells change, KiB; null = a size is not known.</summary>
    public static long? KiB(GuestPins before, GuestPins after)
    {
        if (before.GuestCells.Count == 0 || after.GuestCells.Count == 0)
        {
            return SameMemory(before, after) ? 0 : before.MemoryKiB;
        }

        var sizes = before.GuestCells.Zip(after.GuestCells)
            .Where(pair => !Equals(pair.First.Cells ?? before.Memory?.Cells, pair.Second.Cells ?? after.Memory?.Cells))
            .Select(pair => pair.First.MemoryKiB)
            .ToList();
        return sizes.Contains(null) ? null : sizes.Sum();
    }

    /// <summary>Whether memory can go along while the guest runs: bound by cgroup alone, as a whole.</summary>
    public static bool IsLive(GuestPins before, GuestPins after) => before.Memory?.Mode == MemoryMode.Restrictive
        && before.GuestCells.Zip(after.GuestCells).All(pair => Equals(pair.First.Cells, pair.Second.Cells));

    private static IEnumerable<RepairMove> One(string subject, object? before, object? after, string applies) =>
        Equals(before, after) ? [] : [new RepairMove(subject, before?.ToString(), after?.ToString(), applies)];

    private static string Applies(Situation situation) => situation switch
    {
        Situation.Running => "now",
        Situation.Resume => "resume",
        Situation.MigrateIn => "migration",
        _ => "next start",
    };
}
