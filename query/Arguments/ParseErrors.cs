using System.CommandLine;
using System.CommandLine.Parsing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

/// <summary>What is wrong with the words of a command line, in our voice; the first fault is enough.</summary>
internal static class ParseErrors
{
    public static Refusal? Find(ParseResult parse) =>
        SwallowedOption(parse) is { } option ? Unknown(parse, option)
        : parse.UnmatchedTokens is [var first, ..] ? Unknown(parse, first)
        : parse.Errors is [var error, ..] ? new Refusal(ExitCode.Usage, Words(parse, error), Help(parse))
        : null;

    // An argument takes any word, a mistyped option too; what stands behind a lone -- is meant.
    private static string? SwallowedOption(ParseResult parse)
    {
        var tokens = parse.Tokens.ToList();
        var end = tokens.FindIndex(token => token.Type == TokenType.DoubleDash);
        var meant = end < 0 ? [] : tokens.Skip(end).ToHashSet(ReferenceEqualityComparer.Instance);
        return parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-' && !meant.Contains(token))?.Value;
    }

    private static Refusal Unknown(ParseResult parse, string token)
    {
        var word = token.Split('=')[0];
        var isOption = word.StartsWith('-');
        var known = Known(parse.CommandResult, isOption).ToList();
        var verb = parse.CommandResult.Command is RootCommand ? "" : $" of {parse.CommandResult.Command.Name}";
        var message = isOption
            ? $"'{Cleaned.Text(word)}' is no option{verb}"
            : parse.CommandResult.Command is RootCommand
                ? $"'{Cleaned.Text(word)}' is no verb"
                : $"'{Cleaned.Text(word)}' is one argument too many for {parse.CommandResult.Command.Name}";
        return new Refusal(
            ExitCode.Usage,
            message,
            Nearest.Of(word, known) is { } near ? $"did you mean {near}?" : Help(parse));
    }

    private static IEnumerable<string> Known(CommandResult command, bool options)
    {
        for (SymbolResult? at = command; at is CommandResult { Command: var known }; at = at.Parent)
        {
            var names = options
                ? known.Options.SelectMany(option => option.Aliases.Prepend(option.Name))
                : known.Subcommands.Select(verb => verb.Name);
            foreach (var name in names)
            {
                yield return name;
            }
        }
    }

    private static string Words(ParseResult parse, ParseError error) => error.SymbolResult switch
    {
        OptionResult { IdentifierTokenCount: > 1, Option.Name: var name } => $"{name} is given more than once",
        OptionResult { IdentifierTokenCount: 0, Option.Name: var name } =>
            $"{parse.CommandResult.Command.Name} needs {name}",
        OptionResult { Tokens.Count: 0, Option.Name: var name } => $"{name} needs a value",
        OptionResult { Option.Name: var name } => $"{name}: {error.Message}",
        ArgumentResult { Argument.Name: var name } =>
            $"{parse.CommandResult.Command.Name} needs {name.ToUpperInvariant()}",
        CommandResult { Command: RootCommand } => "no verb is given",
        _ => error.Message,
    };

    private static string Help(ParseResult parse) => parse.CommandResult.Command is RootCommand
        ? "numa-history --help"
        : $"numa-history {parse.CommandResult.Command.Name} --help";
}
