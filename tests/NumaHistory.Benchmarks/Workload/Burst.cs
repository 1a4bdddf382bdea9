namespace NumaHistory.Benchmarks.Workload;

/// <summary>
/// A backup or a log rotation: the page cache grows for minutes, is kept, and is dropped over 20 minutes.
/// </summary>
internal sealed class Burst(SplitMix64 random, int perMillion, int interval)
{
    private int _left;
    private int _step;
    private int _keep;
    private int _drop;

    public int Held { get; private set; }

    public bool IsMoving => _left > 0 || (Held > 0 && _keep == 0);

    public void Tick()
    {
        if (_left == 0 && Held == 0 && random.Chance(perMillion))
        {
            _left = random.Range(300, 600) / interval;
            _step = random.Range(HostKind.Gib / 2, 8 * HostKind.Gib) / Math.Max(1, _left);
            _keep = random.Range(600, 3600) / interval;
        }

        if (_left > 0)
        {
            Held += (_step / 2) + random.Below(Math.Max(1, _step));
            _drop = --_left == 0 ? Math.Max(1, Held * interval / 1200) : _drop;
        }
        else if (_keep > 0)
        {
            _keep--;
        }
        else if (Held > 0)
        {
            Held -= Math.Min(Held, (_drop / 2) + random.Below(_drop));
        }
    }
}
