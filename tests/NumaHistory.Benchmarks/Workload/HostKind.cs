namespace NumaHistory.Benchmarks.Workload;

/// <summary>
/// What the cells of one host have in common: size in pages, how busy it is (0 idle, 1 normal, 2 busy), phase of its
/// day, and what firmware and kernel keep of cell 0.
/// </summary>
internal sealed record HostKind(int TotalPages, int Class, int Phase, int FirmwarePages)
{
    public const int Gib = 262144;

    private static readonly int[] Sizes = [64, 128, 192, 256, 384];

    public static HostKind Of(long seed, int host)
    {
        var random = SplitMix64.For(seed, host, -1);
        var total = Sizes[random.Below(5)] * Gib;
        var kind = random.Below(100) switch { < 25 => 0, < 80 => 1, _ => 2 };
        return new HostKind(total, kind, random.Below(86400), random.Below(2 * Gib));
    }

    public int QuietPerMillion => Class switch { 0 => 750_000, 1 => 250_000, _ => 30_000 };

    public int OddOfEight => Class switch { 0 => 3, 1 => 7, _ => 8 };

    public (int Numerator, int Denominator) Batches => Class switch { 0 => (1, 2), 1 => (9, 10), _ => (79, 80) };

    public int EventsPerMillion(int interval) =>
        (int)(1_000_000L * interval / (Class switch { 0 => 8, 1 => 3, _ => 1 } * 3600));
}
