using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// The stretch of time that a replay is asked about. IsNamed: its end is a moment that somebody named, not now. KnownAt: only what was recorded by
/// then counts, null = all.
/// </summary>
internal sealed record AskedTime(DateTimeOffset Since, DateTimeOffset Until, bool IsNamed, DateTimeOffset? KnownAt)
{
    /// <summary>What --since, --until, --at and --known-at say; anchors are those of the host.</summary>
    public static AskedTime Of(
        StoreReader store,
        Request request,
        (string Name, Moment? Moment) since,
        (string Name, Moment? Moment) until,
        AsOf end,
        string? host,
        CancellationToken cancel)
    {
        var from = MomentLookup.Resolve(store, since.Name, since.Moment, host, cancel)!.Value;
        var to = MomentLookup.Resolve(store, until.Name, until.Moment, host, cancel);
        var asked = new AskedTime(
            from, to ?? end.At, to is not null || end.IsNamed, MomentLookup.When(store, null, request.KnownAt, host, cancel).KnownAt);
        return asked.Since < asked.Until
            ? asked
            : throw new Refusal(ExitCode.Usage, $"{since.Name} {TimeText.Utc(asked.Since)} is not before {TimeText.Utc(asked.Until)}");
    }
}
