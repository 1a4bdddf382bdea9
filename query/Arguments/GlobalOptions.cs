using System.CommandLine;

namespace NumaHistory.Query.Arguments;

/// <summary>
/// The options every verb has. All of them are text here: our own parsers say what is wrong, and no default shows up in
/// help.
/// </summary>
internal sealed class GlobalOptions
{
    public Option<string> Db { get; } = Text(
        "--db", "CONN", "store: libpq keywords or a postgresql:// URI, no password");

    public Option<string> At { get; } = Text(
        "--at", "TIME", "as of this observed time: 2026-05-01T12:00Z, -2h, #POSITION, boot");

    public Option<string> Output { get; } = Text("--output", "FORMAT", "table, wide, json, jsonl or csv", "-o");

    public Option<string> KnownAt { get; } = Text("--known-at", "TIME", "only what was recorded by then");

    public Option<bool> NoHeaders { get; } = Flag("--no-headers", "no header line");

    public Option<string> Color { get; } = Text("--color", "WHEN", "auto, always or never");

    public Option<bool> Ascii { get; } = Flag("--ascii", "no characters beyond ASCII");

    public Option<string> Tz { get; } = Text("--tz", "ZONE", "time zone of times read and printed (UTC)");

    public Option<bool> Bytes { get; } = Flag("--bytes", "memory in plain bytes");

    public Option<bool> Quiet { get; } = Flag("--quiet", "no notes on stderr", "-q");

    public Option<bool> Verbose { get; } = Flag("--verbose", "more detail; stack traces of bugs", "-v");

    public Option<string> Timeout { get; } = Text("--timeout", "DURATION", "give up after this long (30s)");

    public IEnumerable<Option> All =>
        [Db, At, Output, KnownAt, NoHeaders, Color, Ascii, Tz, Bytes, Quiet, Verbose, Timeout];

    public static Option<string> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description };

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };
}
