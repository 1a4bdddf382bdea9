namespace NumaHistory.Benchmarks.Workload;

/// <summary>
/// Free pages of one cell of a made-up host over time: guests come and go, caches breathe, backups pass.
/// </summary>
internal sealed class CellModel
{
    private readonly SplitMix64 _random;
    private readonly HostKind _host;
    private readonly int _interval;
    private readonly List<Guest> _guests = [];
    private readonly int _base;
    private readonly long _amplitude;
    private readonly int _target;
    private readonly PageCache _cache;
    private readonly Burst _burst;
    private long _held;
    private long _heldBefore;

    public CellModel(long seed, int host, int cell, int interval)
    {
        _host = HostKind.Of(seed, host);
        _random = SplitMix64.For(seed, host, cell);
        _interval = interval;
        TotalPages = _host.TotalPages - (cell == 0 ? _host.FirmwarePages : 0);
        _base = _random.Range(2 * HostKind.Gib, 6 * HostKind.Gib) + _random.Below(1000);
        _amplitude = (long)TotalPages * _random.Range(2, 15) / 1000;
        Fill(_random.Range(30, 90));
        _target = (int)((long)TotalPages * _random.Range(20, 80) / 1000);
        _cache = new PageCache(_random, _host, _amplitude, _target);
        _burst = new Burst(_random, _host.Class == 0 ? 0 : (int)(1_000_000L * interval / 21600), interval);
    }

    public int TotalPages { get; }

    public int[] FreePages(int count)
    {
        var free = new int[count];
        for (var at = 0; at < count; at++)
        {
            free[at] = Tick(at, at == 0 ? null : free[at - 1]);
        }

        return free;
    }

    private int Tick(int at, int? before)
    {
        if (_random.Chance(_host.EventsPerMillion(_interval)))
        {
            StartOrStop();
        }

        foreach (var guest in _guests)
        {
            _held += guest.Grow(_random);
        }

        _burst.Tick();
        var quiet = _random.Chance(_host.QuietPerMillion);
        if (!quiet || before is null)
        {
            _cache.Tick((long)at * _interval);
        }

        var free = TotalPages - (_base + _held + _cache.Curve + _cache.Pages + _burst.Held + _cache.SinglePages);
        free = Math.Min(Math.Max(free, (TotalPages / 100) + (_cache.SinglePages & 63)), TotalPages);
        var moved = _held != _heldBefore || _burst.IsMoving;
        _heldBefore = _held;
        return quiet && before is { } same && !moved ? same : (int)free;
    }

    private void StartOrStop()
    {
        if (_random.Below(2) != 0 && _guests.Count > 0)
        {
            var gone = _random.Below(_guests.Count);
            _held -= _guests[gone].Held;
            _guests.RemoveAt(gone);
            return;
        }

        var size = GuestSize();
        if (_held + size + _base + _amplitude + _target < (long)TotalPages * 95 / 100)
        {
            var onDemand = _random.Below(100) < 40;
            _guests.Add(new Guest { Size = size, OnDemand = onDemand, PerTick = 6 * HostKind.Gib * _interval / 2 });
        }
    }

    private void Fill(int percent)
    {
        while (GuestSize() is var size && _held + size + _base <= (long)TotalPages * percent / 100)
        {
            _guests.Add(Guest.Running(size));
            _held += size;
        }
    }

    private int GuestSize() =>
        HostKind.Gib * _random.Below(100) switch { < 20 => 1, < 45 => 2, < 70 => 4, < 85 => 8, < 95 => 16, _ => 32 };
}
