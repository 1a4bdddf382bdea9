using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>
/// A point in history as a person names it (CLI.md TIME): an instant, the position of an event, or an anchor of the
/// host that is asked about. Positions and anchors become instants only where the history is read.
/// </summary>
public abstract record Moment
{
    private Moment()
    {
    }

    /// <summary>
    /// Reads TIME; relative forms count from now, forms without an offset are local to the zone. Null when it is none.
    /// </summary>
    public static Moment? TryParse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith('#'))
        {
            var isNumber = long.TryParse(trimmed.AsSpan(1), NumberStyles.None, null, out var number);
            return isNumber ? new Position(number) : null;
        }

        return trimmed.ToLowerInvariant() switch
        {
            "boot" => new Anchor(MomentAnchor.Boot),
            "first" => new Anchor(MomentAnchor.First),
            "last" => new Anchor(MomentAnchor.Last),
            _ => InstantText.TryParse(trimmed, now, zone) is { } at ? new Instant(at) : null,
        };
    }

    /// <summary>Like <see cref="TryParse"/>; refuses with the option's name and examples.</summary>
    public static Moment Parse(string option, string text, DateTimeOffset now, TimeZoneInfo zone) =>
        TryParse(text, now, zone) ?? throw new Refusal(
            ExitCode.Usage,
            $"{option}: '{text}' is not a moment; write it like 2026-05-01T12:00Z, -2h or yesterday 14:00");

    /// <summary>An instant, kept in UTC; prints as RFC 3339.</summary>
    public sealed record Instant : Moment
    {
        /// <summary>The same instant in UTC.</summary>
        public Instant(DateTimeOffset at) => At = at.ToUniversalTime();

        /// <summary>When, offset zero.</summary>
        public DateTimeOffset At { get; }

        /// <inheritdoc/>
        public override string ToString() =>
            At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>The event with this position in the journal, itself included; prints as <c>#1234</c>.</summary>
    public sealed record Position(long Number) : Moment
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Number}");
    }

    /// <summary>A point in the life of the named host; prints as <c>boot</c>, <c>first</c> or <c>last</c>.</summary>
    public sealed record Anchor(MomentAnchor Kind) : Moment
    {
        /// <inheritdoc/>
        public override string ToString() => Kind switch
        {
            MomentAnchor.Boot => "boot",
            MomentAnchor.First => "first",
            _ => "last",
        };
    }
}
