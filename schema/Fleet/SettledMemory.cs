using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// The total that every cell of a host settled at in each of its finished boots, KiB, out of its facts in the order of observed time. Within a
/// boot the largest total counts: memory is found late and goes early, but never comes by itself. A boot that changed nothing recorded
/// nothing, and has what held before it.
/// </summary>
public sealed class SettledMemory
{
    // A capacity that is told so soon after a boot is what it found, and not a change to what held before.
    private static readonly TimeSpan Finding = TimeSpan.FromMinutes(15);

    private readonly Dictionary<(string Host, string Source), Boots> _boots = [];

    /// <summary>Takes one more fact in; those that are neither boots nor capacities change nothing.</summary>
    public void Pass(IHostFact fact)
    {
        switch (fact)
        {
            case HostBooted { BootId: { } boot } booted:
                BootsOf(booted.Host, booted.Source).Begin(boot, booted.ObservedAt);
                break;
            case CapacityObserved seen:
                BootsOf(seen.Host, seen.Source).See(seen.Capacity, seen.ObservedAt);
                break;
        }
    }

    /// <summary>By cell, the totals of all boots but the running one; null = none is finished.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<long>>? Of(string host, string? source) =>
        source is not null && _boots.TryGetValue((host, source), out var boots) && boots.Finished.Count > 0
            ? boots.Told ??= boots.Finished.ToDictionary(cell => cell.Key, cell => (IReadOnlyList<long>)[.. cell.Value])
            : null;

    private Boots BootsOf(string host, string source) => _boots.TryGetValue((host, source), out var known) ? known : _boots[(host, source)] = new Boots();

    private sealed class Boots
    {
        private Dictionary<int, long> _largest = [];
        private Dictionary<int, long> _last = [];
        private string? _boot;
        private DateTimeOffset _began;

        public Dictionary<int, List<long>> Finished { get; } = [];

        /// <summary>What was told of them, the very same until another boot is finished.</summary>
        public IReadOnlyDictionary<int, IReadOnlyList<long>>? Told { get; set; }

        public void Begin(string boot, DateTimeOffset at)
        {
            if (boot == _boot)
            {
                return;
            }

            foreach (var (cell, total) in _boot is null ? [] : _largest)
            {
                (Finished.TryGetValue(cell, out var totals) ? totals : Finished[cell] = []).Add(total);
            }

            Told = null;
            (_boot, _began, _largest) = (boot, at, new Dictionary<int, long>(_last));
        }

        public void See(HostCapacity capacity, DateTimeOffset at)
        {
            _last = (capacity.Cells ?? []).Where(cell => cell.MemoryKiB is not null).ToDictionary(cell => cell.Id, cell => cell.MemoryKiB!.Value);
            if (at - _began <= Finding)
            {
                _largest = new Dictionary<int, long>(_last);
                return;
            }

            foreach (var (cell, total) in _last)
            {
                _largest[cell] = Math.Max(total, _largest.GetValueOrDefault(cell));
            }
        }
    }
}
