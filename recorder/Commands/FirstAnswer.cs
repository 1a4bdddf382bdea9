using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>What a first look comes to, as a line: how many guests, which of them do not fit, since when, and what to ask next.</summary>
internal static class FirstAnswer
{
    private static readonly Verdict[] Bad = [Verdict.Broken, Verdict.Unknown, Verdict.Degraded];

    public static string Of(IReadOnlyList<GuestVerdicts> guests, int cells, DateTimeOffset now)
    {
        if (guests.Count == 0)
        {
            return cells > 1
                ? "no guests; next: numa-history topology --draw"
                : "1 cell and no guests: little to see here; a fleet with a past: numa-recorder up --demo";
        }

        var many = guests.Count == 1 ? "1 guest" : $"{guests.Count} guests";
        var bad = guests.Where(guest => Now(guest) > Verdict.Fits).OrderByDescending(Now).ToList();
        return bad switch
        {
            [] => $"{many}: {(guests.Count == 1 ? "it FITS" : "all FIT")}; next: numa-history pins",
            [var one] => $"{many}: 1 {Blamed(one, now)}; next: numa-history fit {one.Name}",
            [var worst, ..] =>
                $"{many}: {string.Join(", ", Bad.Select(verdict => (verdict, Count: bad.Count(guest => Now(guest) == verdict)))
                    .Where(some => some.Count > 0).Select(some => $"{some.Count} {Word(some.verdict)}"))}; "
                + $"{Blamed(worst, now)}; next: numa-history fit",
        };
    }

    private static string Blamed(GuestVerdicts guest, DateTimeOffset now)
    {
        var interval = guest.Intervals[^1];
        var since = Blame.Step(guest)?.From ?? interval.From;
        return $"{Word(interval.Verdict)} {guest.Name}: {interval.Text}, since {Time(since, now)}";
    }

    private static string Time(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.Date == now.UtcDateTime.Date
        ? at.UtcDateTime.ToString("HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture)
        : TimeText.Utc(at);

    private static Verdict Now(GuestVerdicts guest) => guest.Intervals[^1].Verdict;

    private static string Word(Verdict verdict) => verdict.ToString().ToUpperInvariant();
}
