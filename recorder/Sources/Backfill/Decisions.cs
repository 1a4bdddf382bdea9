using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.GitLogs;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>Commits as decisions about guests, each at its author's date.</summary>
internal sealed class Decisions
{
    private readonly List<CommittedPins> _all = [];
    private readonly Dictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    public IReadOnlyList<CommittedPins> All => _all;

    /// <summary>Whether two definitions are of one guest.</summary>
    public static bool Same(GuestPins left, GuestPins right) => Key(left) == Key(right);

    /// <summary>
    /// Adds what a commit says of a guest. Authors' dates have whole seconds and, after a rebase, any order: a decision is never in force before
    /// the one that it replaces.
    /// </summary>
    public void Add(GitCommit commit, GuestPins pins, bool isGone)
    {
        var key = Key(pins);
        var at = _last.TryGetValue(key, out var last) && commit.AuthoredAt <= last ? last.AddMilliseconds(1) : commit.AuthoredAt;
        _last[key] = at;
        _all.Add(new CommittedPins(at, commit.Author, commit.Subject, pins with { Layer = PinLayer.Config, State = null, StateReason = null }, isGone));
    }

    private static string Key(GuestPins pins) => pins.Uuid ?? pins.Guest;
}
