using System.CommandLine;
using System.CommandLine.Parsing;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// What is wrong with how a command was typed; System.CommandLine itself would print help and exit 1.
/// </summary>
internal static class UsageErrors
{
    /// <summary>The first complaint about the command line, or null.</summary>
    public static Refusal? In(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var stray, ..])
        {
            return Unknown(parsed.CommandResult.Command, stray);
        }

        if (SwallowedOption(parsed) is { } option)
        {
            return Unknown(parsed.CommandResult.Command, option);
        }

        if (parsed.Errors is not [var error, ..])
        {
            return null;
        }

        return error.Message == ConnectionText.PasswordMessage("--db")
            ? new Refusal(ExitCode.Usage, error.Message, ConnectionText.PasswordHint)
            : parsed.CommandResult.Command.Subcommands.Count > 0 && error.SymbolResult is CommandResult
                ? new Refusal(
                    ExitCode.Usage,
                    $"{Path(parsed)} needs one of: {Verbs(parsed.CommandResult.Command)}",
                    $"{Path(parsed)} --help")
                : new Refusal(ExitCode.Usage, OneLine(error.Message), $"{Path(parsed)} --help");
    }

    private static Refusal Unknown(Command command, string stray)
    {
        if (ConnectionText.HoldsPassword(stray))
        {
            return new Refusal(
                ExitCode.Usage, ConnectionText.PasswordMessage("an argument"), ConnectionText.PasswordHint);
        }

        var isOption = stray.StartsWith('-');
        var known = isOption
            ? Family(command).SelectMany(one => one.Options).SelectMany(one => one.Aliases.Append(one.Name))
            : command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name);
        var written = stray.Split('=', 2)[0];
        var nearest = Nearest.To(written, known);
        var kind = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";

        return new Refusal(
            ExitCode.Usage,
            $"'{written}' is not {kind} of {Path(command)}",
            nearest is null ? $"{Path(command)} --help" : $"did you mean {nearest}?");
    }

    /// <summary>
    /// A list argument takes an unknown option as one more value; only what stands after -- may look like an option.
    /// </summary>
    private static string? SwallowedOption(ParseResult parsed)
    {
        var separator = parsed.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        if (separator >= 0)
        {
            return null;
        }

        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value[0] == '-');
    }

    private static IEnumerable<Command> Family(Command command) =>
        command.Parents.OfType<Command>().SelectMany(Family).Prepend(command);

    private static string Verbs(Command command) =>
        string.Join(", ", command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name));

    private static string Path(ParseResult parsed) => Path(parsed.CommandResult.Command);

    private static string Path(Command command) => string.Join(' ', Family(command).Reverse().Select(Name));

    private static string Name(Command command) => command is RootCommand ? "numa-recorder" : command.Name;

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
