using System.CommandLine;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

/// <summary>What was asked for beside the verb: the global options, understood and checked.</summary>
internal sealed record Request(
    ParseResult Parse,
    DateTimeOffset Now,
    TimeZoneInfo Zone,
    Moment? At,
    Moment? KnownAt,
    OutputFormat Format,
    Look Look,
    string? Db,
    bool Quiet,
    bool Verbose,
    TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    public static Request Of(ParseResult parse, GlobalOptions options, Surroundings around)
    {
        var now = around.Clock.GetUtcNow();
        var zone = Zones.Parse(parse.GetValue(options.Tz));
        var format = Formats.Parse(parse.GetValue(options.Output), parse.CommandResult.Command.Name);
        return new Request(
            parse,
            now,
            zone,
            Time("--at", parse.GetValue(options.At), now, zone),
            Time("--known-at", parse.GetValue(options.KnownAt), now, zone),
            format,
            new Look(
                now,
                zone,
                Headers: !parse.GetValue(options.NoHeaders),
                Color: Colors.AreOn(parse.GetValue(options.Color), around),
                Ascii: parse.GetValue(options.Ascii),
                Bytes: parse.GetValue(options.Bytes),
                Wide: format == OutputFormat.Wide),
            parse.GetValue(options.Db),
            parse.GetValue(options.Quiet),
            parse.GetValue(options.Verbose),
            Length("--timeout", parse.GetValue(options.Timeout)) ?? DefaultTimeout);
    }

    /// <summary>A TIME option of the verb, or null.</summary>
    public Moment? Time(Option<string> option) => Time(option.Name, Parse.GetValue(option), Now, Zone);

    private static Moment? Time(string name, string? text, DateTimeOffset now, TimeZoneInfo zone) =>
        text is null ? null : Moment.Parse(name, text, now, zone);

    private static TimeSpan? Length(string name, string? text) =>
        text is null ? null : Duration.Parse(name, text, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
}
