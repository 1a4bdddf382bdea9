namespace NumaHistory.Benchmarks.Workload;

/// <summary>
/// The page cache and the daily load of a cell. Free pages move in per-CPU batches of 63, as in the kernel, plus a
/// few single ones so that no codec gains by the 63.
/// </summary>
internal sealed class PageCache(SplitMix64 random, HostKind host, long amplitude, int target)
{
    private const int Batch = 63;
    private const int Day = 86400;
    private const int Top = 100023;

    private readonly int _target = target;

    public int Pages { get; private set; } = target;

    public int SinglePages { get; private set; }

    public long Curve { get; private set; }

    public void Tick(long second)
    {
        var batches = random.Geometric(host.Batches.Numerator, host.Batches.Denominator);
        var odd = random.Below(8) < host.OddOfEight ? random.Range(-62, 62) : 0;
        var sign = random.Below(2) == 0 ? 1 : -1;
        SinglePages += odd;
        Pages += sign * Batch * batches;
        if (Pages > _target + (_target / 16))
        {
            Pages -= Batch * random.Range(1, 64 << host.Class);
        }
        else if (Pages < _target - (_target / 16))
        {
            Pages += Batch * random.Range(1, 64 << host.Class);
        }

        FollowTheDay((second + host.Phase) % Day);
    }

    // An integer parabola for a sine: half a day above, half a day below.
    private void FollowTheDay(long second)
    {
        var within = second % (Day / 2);
        var height = within * ((Day / 2) - within) / 4665;
        var wanted = amplitude * (second < Day / 2 ? height : -height) / Top;
        if (Math.Abs(wanted - Curve) >= Batch)
        {
            Curve += (wanted - Curve) / Batch * Batch;
        }
    }
}
