using System.CommandLine;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>Help on a verb or on a topic.</summary>
internal static class HelpCommand
{
    public static Command Create(Verbs verbs, RootCommand root)
    {
        var topic =
            new Argument<string?>("topic") { Description = "a verb or a topic", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("help", $"help on a verb, or on {string.Join(", ", HelpTopics.Names)}") { topic };
        command.SetAction(parse =>
        {
            var name = parse.GetValue(topic)?.ToLowerInvariant();
            if (HelpTopics.Text(name) is { } text)
            {
                verbs.Around.Out.WriteText(output => output.Write(text));
                return (int)ExitCode.Yes;
            }

            var verb = name is null ? root : root.Subcommands.FirstOrDefault(known => known.Name == name);
            return verb is null
                ? throw new Refusal(
                    ExitCode.Usage,
                    $"there is no topic '{name}'; there are {string.Join(", ", HelpTopics.Names)}, and the verbs",
                    "numa-history help")
                : root.Parse(name is null ? ["--help"] : [name, "--help"]).Invoke(parse.InvocationConfiguration);
        });
        return command;
    }
}
