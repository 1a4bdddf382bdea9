using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sampling;

/// <summary>How often to sample and how long a block may get. Checked at start, all complaints at once.</summary>
internal sealed record SamplerOptions
{
    /// <summary>Samples in one block at most: keeps the open block small at short intervals (12 minutes at 1 s, 2 h at 10 s).</summary>
    public const int SamplesPerBlock = 720;

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Block { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A whole look is taken this often even when nothing cheap to read has changed.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The tail and the gauge are written at most this often.</summary>
    public TimeSpan Tail => Interval < TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;

    /// <summary>Samples kept in memory while the store is away: six hours, but 20,000 are always enough memory spent.</summary>
    public int SamplesWaiting =>
        (int)Math.Clamp(TimeSpan.FromHours(6) / Interval, TimeSpan.FromHours(1) / Interval, Math.Max(20_000, TimeSpan.FromHours(1) / Interval));

    public SamplerOptions Checked()
    {
        var complaints = new List<string>();
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromHours(1))
        {
            complaints.Add($"--every {Duration.Print(Interval)} is outside 1s to 1h");
        }

        if (Block < TimeSpan.FromMinutes(1) || Block > TimeSpan.FromHours(1))
        {
            complaints.Add($"--block {Duration.Print(Block)} is outside 1m to 1h");
        }

        return complaints.Count == 0 ? this : throw new Refusal(ExitCode.Usage, string.Join("; ", complaints), "--every 10s --block 1h");
    }
}
