using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>The hour and cell in which a guest had, or would have had, the least left of the memory it needs: KiB, below 0 what was missing.</summary>
public sealed record Tightest(DateTimeOffset Hour, int Cell, long NeedKiB, long LeftKiB)
{
    /// <summary>The tightest of all stretches in which the guest asked for memory; null where it never did, or no sample tells.</summary>
    public static Tightest? Of(ReplayInput input, GuestVerdicts verdicts) => verdicts.Intervals
        .Where(interval => interval.Situation != Situation.Running && !interval.Question.HoldsMemoryThere)
        .SelectMany(interval => Within(input.Hours.GetValueOrDefault(interval.Host, []), interval)
            .SelectMany(hour => GuestIndex.Of(interval.Question.Guest).Claims.Select(claim => Of(hour, claim, interval.Question))))
        .OfType<Tightest>()
        .MinBy(tightest => tightest.LeftKiB);

    // Hours come in order, and there are thousands of them.
    private static IEnumerable<HourMemory> Within(IReadOnlyList<HourMemory> hours, VerdictInterval interval)
    {
        for (var i = Math.Max(0, LastBy.Index(hours, hour => hour.From, interval.From) - 1); i < hours.Count && hours[i].From < interval.To; i++)
        {
            if (hours[i].From + TimeSpan.FromHours(1) > interval.From)
            {
                yield return hours[i];
            }
        }
    }

    // Cells of one binding are added up; the one with the least is named.
    private static Tightest? Of(HourMemory hour, MemoryClaim claim, FitQuestion question)
    {
        var cells = hour.Least.Cells.Where(cell => claim.Cells?.Contains(cell.Id) != false)
            .Select(cell => (cell.Id, Left: claim.PageKiB is null or 0
                ? cell.FreeKiB + (claim.PageKiB is null ? cell.ReclaimableKiB ?? 0 : 0)
                : cell.Pages?.FirstOrDefault(pages => pages.SizeKiB == claim.PageKiB)?.Free * claim.PageKiB))
            .ToList();
        if (cells.Count == 0 || claim.PageKiB == 0 || cells.Exists(cell => cell.Left is null) || claim.Cells?.Count > cells.Count)
        {
            return null;
        }

        var need = claim.KiB + (claim.PageKiB is null ? question.Limits.GuestOverheadKiB : 0);
        return new Tightest(hour.From, cells.MinBy(cell => cell.Left).Id, need, cells.Sum(cell => cell.Left!.Value) - need);
    }
}
