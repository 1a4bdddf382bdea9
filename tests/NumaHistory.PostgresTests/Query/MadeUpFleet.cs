using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>
/// Hosts of one to four cells with guests on them, drawn by a seed: cells near and far, pools, cells that nobody sampled, devices, guests that
/// have CPUs alone, share them, float or are bound to several cells.
/// </summary>
internal sealed class MadeUpFleet(int seed)
{
    public const long GiB = 1L << 20;

    private readonly Random _random = new(seed);

    public Observation Host(int number)
    {
        var name = $"fleet-{_random.Next(1000):000}-{number}";
        var machine = new Machine([.. Enumerable.Range(0, _random.Next(1, 5)).Select(Cell)])
        {
            Threads = 2,
            Devices = number % 3 == 0 ? [new Device("0000:3b:00.0", "network", ["eth0"], "mlx5", 0)] : [],
            AllowsOnlineOnly = number % 7 == 0,
            Offline = number % 7 == 0 ? CpuSet.Of(1) : CpuSet.Empty,
        };
        var topology = machine.Topology();
        return Some.Look(topology, Some.Noon, host: name) with
        {
            MachineId = name,
            Memory = number % 11 == 0 ? null : new ObservedMemory([.. machine.Cells.Skip(number % 5 == 0 ? 1 : 0).Select(cell => Sample(cell))]),
            Guests = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(guest => Guest(number, guest, machine))],
            IsEveryGuest = true,
        };
    }

    private MachineCell Cell(int id) => new(id, CpuSet.Range(id * 8, (id * 8) + 7), 8 * GiB, _random.Next(3) == 0 ? 1024 : 0, id / 2)
    {
        Place = _random.Next(4) == 0 ? id * 2 : id,
    };

    private CellMemory Sample(MachineCell cell) => new(
        cell.Id,
        cell.MemoryKiB,
        _random.NextInt64(GiB, cell.MemoryKiB!.Value - (cell.HugePages * 2048)),
        null,
        _random.Next(4) == 0 ? null : [new FreePages(2048, _random.NextInt64(cell.HugePages + 1)), new FreePages(1_048_576, 0)]);

    private GuestPins Guest(int host, int number, Machine machine)
    {
        var cell = machine.Cells[_random.Next(machine.Cells.Count)];
        var first = cell.Cpus.First + _random.Next(4);
        var bound = _random.Next(4) switch
        {
            0 => null,
            1 => new MemoryBinding(MemoryMode.Strict, CpuSet.Of(machine.Cells.Select(one => one.Id))),
            _ => new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cell.Id)),
        };
        return new GuestPins(
            $"guest{number}",
            $"5d0c3f8e-0000-4000-8000-{host:x4}{number:x8}",
            Exclusive: _random.Next(2) == 0,
            Vcpus: new GuestVcpus(2, 2),
            MemoryKiB: _random.NextInt64(1, 3) * (GiB / 2) + _random.Next(3),
            Pins: _random.Next(5) == 0 ? [] : [new VcpuPin(0, CpuSet.Of(first)), new VcpuPin(1, CpuSet.Range(first + 1, first + 1 + _random.Next(3)))],
            Memory: bound);
    }
}
