using System.CommandLine;
using NumaHistory.Schema.Connecting;

namespace NumaHistory.Recorder.Commands;

/// <summary>The options of CLI.md that every verb has.</summary>
internal sealed class GlobalOptions
{
    public GlobalOptions() => Db.Validators.Add(result =>
    {
        // The refusal with its hint is made where the address is used; here it must only not be echoed or kept.
        if (result.Tokens is [var token, ..] && ConnectionText.HoldsPassword(token.Value))
        {
            result.AddError(ConnectionText.PasswordMessage("--db"));
        }
    });

    public Option<string?> Db { get; } = new("--db")
    {
        Description = "The store: libpq keywords or a postgresql:// URI, without a password",
        HelpName = "CONN",
        Recursive = true,
    };

    public Option<string> Output { get; } = Choice(
        "-o", "The form of the answer", "table", ["table", "wide", "json", "jsonl", "csv"]);

    public Option<bool> Quiet { get; } = new("-q", "--quiet") { Description = "No notes on stderr", Recursive = true };

    public Option<bool> Verbose { get; } = new("-v", "--verbose")
    {
        Description = "More notes, and where an error came from",
        Recursive = true,
    };

    public Option<TimeSpan?> Timeout { get; } = Everywhere(
        DurationOption.Optional("--timeout", "Give up after this long, such as 5s or 2m"));

    public Option<string> Color { get; } = Choice(
        "--color", "Colour on the terminal", "auto", ["auto", "always", "never"]);

    public Option<bool> Ascii { get; } = new("--ascii") { Description = "ASCII characters only", Recursive = true };

    public Option<string> TimeZone { get; } = new("--tz")
    {
        Description = "The time zone of printed times",
        HelpName = "ZONE",
        DefaultValueFactory = _ => "UTC",
        Recursive = true,
    };

    public Option<bool> Bytes { get; } = new("--bytes")
    {
        Description = "Sizes as plain numbers of bytes",
        Recursive = true,
    };

    public Option<bool> NoHeaders { get; } = new("--no-headers")
    {
        Description = "Tables without their header line",
        Recursive = true,
    };

    public IEnumerable<Option> All =>
        [Db, Output, Quiet, Verbose, Timeout, Color, Ascii, TimeZone, Bytes, NoHeaders];

    private static Option<TimeSpan?> Everywhere(Option<TimeSpan?> option)
    {
        option.Recursive = true;
        return option;
    }

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string> Choice(string name, string description, string normal, string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => normal,
            Recursive = true,
        };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"{name}: '{token.Value}' is none of {string.Join(", ", words)}");
            }
        });

        return option;
    }
}
