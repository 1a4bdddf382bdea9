namespace NumaHistory.Schema.Fit;

/// <summary>
/// By how much the total of a cell differs between boots of one host without anything having been lost, KiB, and over how many boots that was
/// seen. A step of a thirty-second part of the cell or more is a loss or a gain and teaches nothing: no memory module is so small.
/// </summary>
public sealed record UsualDrift(int Boots, long KiB)
{
    private const int Part = 32;
    private const long NothingLostKiB = 64 << 10;

    /// <summary>A difference that no host has to teach, KiB: 1 % of the cell and less than half a memory block at the most.</summary>
    public static long Anywhere(long totalKiB) => Math.Min(totalKiB / 100, NothingLostKiB);

    /// <summary>Out of the totals that boots settled at, in their order; null = fewer than two boots tell the same amount of memory.</summary>
    public static UsualDrift? Of(IReadOnlyList<long> settled)
    {
        var runs = new List<List<long>>();
        foreach (var total in settled)
        {
            if (runs is [.., var run] && Math.Abs(total - run[^1]) < Math.Max(total, run[^1]) / Part)
            {
                run.Add(total);
            }
            else
            {
                runs.Add([total]);
            }
        }

        var telling = runs.Where(run => run.Count > 1).ToList();
        return telling.Count == 0 ? null : new UsualDrift(telling.Sum(run => run.Count), telling.Max(run => run.Max() - run.Min()));
    }
}
