using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.Backfill;

/// <summary>
/// A definition that somebody changed in an archive of definitions: who (<c>Name &lt;mail&gt;</c>), why (the subject they wrote) and when. IsGone: the
/// definition was taken out, and Pins is what it said last.
/// </summary>
public sealed record CommittedPins(DateTimeOffset At, string By, string Why, GuestPins Pins, bool IsGone);
