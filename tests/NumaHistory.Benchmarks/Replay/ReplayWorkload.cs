using NumaHistory.Benchmarks.Fit;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Replay;

/// <summary>
/// A year of a fleet, as facts: hosts of 128 CPUs in 4 cells, pinned guests spread over them, of which ten in eleven run. Of the events one in ten is a
/// structure (a device that comes or goes; with every tenth of a host its CPUs are others), two are capacities (CPUs off and on again, memory
/// lost and found) and seven are pins, those of a running guest in pairs, as it runs and for its next start; every guest leaves its cell now
/// and then.
/// </summary>
internal sealed class ReplayWorkload(int guests, int events, int hosts)
{
    private const int Cpus = 128;
    private const int Cells = 4;
    private const string Source = "libvirt";

    private static readonly HostTopology[] Structures = [.. new[] { "A", "B" }.SelectMany(model => new[] { FitWorkload.Host(Cpus, Cells, model), WithDevice(FitWorkload.Host(Cpus, Cells, model)) })];
    private static readonly HostTopology[] Capacities = [Structures[0], Without(CpuSet.Range(0, 1)), LessMemory()];

    public DateTimeOffset From { get; } = TimeProvider.System.GetUtcNow().AddDays(-364);

    public static Guid Guest(int number) => Guid.Parse(Pins(number, 0).Uuid!);

    /// <summary>What there was in the beginning, then what came of it, in order.</summary>
    public IEnumerable<IHostFact> Facts() => Enumerable.Range(0, hosts).SelectMany(Begin)
        .Concat(Enumerable.Range(0, guests).SelectMany(Arrive))
        .Concat(Enumerable.Range(0, events).Select(Next));

    private static string Host(int number) => $"host{number}";

    private IEnumerable<IHostFact> Begin(int host)
    {
        yield return new HostBooted(Host(host), Host(host), Source, null, null, $"boot{host}", From, "x86_64", "kvm", null, From);
        yield return Structure(host, 0, From);
        yield return Capacity(host, 0, From);
    }

    private IEnumerable<IHostFact> Arrive(int guest)
    {
        var pins = Pins(guest, 0);
        yield return PinningObserved.Of(On(guest), Source, pins, From);
        if (IsRunning(guest))
        {
            yield return new GuestStarted(On(guest), Source, Guest(guest), pins.Guest, "running", From);
            yield return PinningObserved.Of(On(guest), Source, pins with { Layer = PinLayer.Live }, From);
        }
    }

    // The n-th of its kind goes around the hosts or guests, and is another one than the one before it there.
    private IHostFact Next(int number)
    {
        var at = At(number);
        var (round, kind) = Math.DivRem(number, 10);
        return kind switch
        {
            0 => Structure(round % hosts, 1 + (round / hosts), at),
            1 or 2 => Capacity(((2 * round) + kind - 1) % hosts, 1 + (((2 * round) + kind - 1) / hosts), at),
            _ => Repinned((7 * round) + kind - 3),
        };
    }

    // A running guest is pinned anew as it runs and, a second later, for its next start.
    private PinningObserved Repinned(int number)
    {
        var (pair, second) = Math.DivRem(number, 2);
        var (round, kind) = Math.DivRem(2 * pair, 7);
        var at = At((10 * round) + kind + 3).AddSeconds(second);
        var (time, guest) = Math.DivRem(pair, guests);
        var pins = Pins(guest, 1 + (IsRunning(guest) ? time : (2 * time) + second));
        return PinningObserved.Of(On(guest), Source, pins with { Layer = IsRunning(guest) && second == 0 ? PinLayer.Live : PinLayer.Config }, at);
    }

    private static TopologyObserved Structure(int host, int time, DateTimeOffset at)
    {
        var seen = Structures[(time / 10 % 2 * 2) + (time % 2)];
        return new TopologyObserved(Host(host), Source, seen.Fingerprint!, seen.Structure(), at);
    }

    private static CapacityObserved Capacity(int host, int time, DateTimeOffset at)
    {
        var seen = Capacities[time % Capacities.Length];
        return new CapacityObserved(Host(host), Source, seen.CapacityFingerprint!, seen.Capacity(), at);
    }

    private DateTimeOffset At(int number) => From.AddDays(360.0 * (number + 1) / events);

    private string On(int guest) => Host(guest % hosts);

    private static bool IsRunning(int guest) => guest % 11 != 0;

    // Every third time its memory is in another cell than its CPUs.
    private static GuestPins Pins(int guest, int time)
    {
        var pins = FitWorkload.Guest(guest + 1, 8, Cpus, Cells);
        var cpus = FitWorkload.Guest(guest + 1 + time, 8, Cpus, Cells);
        return pins with { Pins = cpus.Pins, Memory = time % 3 == 2 ? pins.Memory : cpus.Memory };
    }

    private static HostTopology WithDevice(HostTopology host) => HostTopology.Of(
        host.Cpus, host.Cells, host.CpuInfo, [new Device("0000:3b:00.0", "network", ["eth1"], "mlx5_core", 1)]);

    private static HostTopology Without(CpuSet lost)
    {
        var host = Structures[0];
        return HostTopology.Of(
            host.Cpus with { Online = host.Cpus.Online!.Except(lost) },
            host.Cells!.Select(cell => cell with { OnlineCpus = cell.OnlineCpus!.Except(lost) }),
            host.CpuInfo);
    }

    private static HostTopology LessMemory()
    {
        var host = Structures[0];
        return HostTopology.Of(
            host.Cpus, host.Cells!.Select(cell => cell with { MemoryKiB = cell.Id == 1 ? 8 << 20 : cell.MemoryKiB }), host.CpuInfo);
    }
}
