using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>Turns a TIME into an instant; only positions and anchors need the store for that.</summary>
internal static class MomentLookup
{
    public static When When(
        StoreReader store, Moment? at, Moment? knownAt, string? host, CancellationToken cancel) => new(
        Resolve(store, "--at", at, host, cancel),
        knownAt is Moment.Position known
            ? store.Ask(new RecordedAtQuestion(known.Number), cancel) ?? throw NoEvent("--known-at", known)
            : Resolve(store, "--known-at", knownAt, host, cancel));

    public static DateTimeOffset? Resolve(
        StoreReader store, string option, Moment? moment, string? host, CancellationToken cancel) => moment switch
        {
            null => null,
            Moment.Instant instant => instant.At,
            Moment.Position position =>
                store.Ask(new PositionQuestion(position.Number), cancel) ?? throw NoEvent(option, position),
            Moment.Anchor anchor => OfHost(store, option, anchor, host, cancel),
            _ => throw new ArgumentException("no such moment", nameof(moment)),
        };

    private static Refusal NoEvent(string option, Moment.Position position) => new(
        ExitCode.Unknown, $"{option} {position}: there is no event at this position", "numa-history history");

    private static DateTimeOffset OfHost(
        StoreReader store, string option, Moment.Anchor anchor, string? host, CancellationToken cancel)
    {
        var row = HostLookup.One(store, host, $"{option} {anchor}", cancel);
        return anchor.Kind switch
        {
            MomentAnchor.First => row.FirstSeen,
            MomentAnchor.Last => row.LastSeen,
            _ => store.Ask(new BootQuestion(row.Key), cancel) ?? throw new Refusal(
                ExitCode.Unknown, $"{option} boot: no boot of {row.Name} is recorded",
                $"numa-history history {row.Name}"),
        };
    }
}
