using System.CommandLine;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>Shell code that completes verbs and options.</summary>
internal static class CompletionCommand
{
    public static Command Create(Verbs verbs)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        var command = new Command(
            "completion", "shell code that completes verbs and options: source <(numa-history completion bash)")
        {
            shell,
        };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(shell);
            var code = Code(name) ?? throw new Refusal(
                ExitCode.Usage, $"'{name}' is no shell; there are bash, zsh and fish");
            verbs.Around.Out.WriteText(output => output.Write(code));
            return (int)ExitCode.Yes;
        });
        return command;
    }

    private static string? Code(string shell) => shell switch
    {
        "bash" =>
            """
            _numa_history() {
                local IFS=$'\n'
                local found="$(numa-history "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)"
                COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _numa_history numa-history

            """,
        "zsh" =>
            """
            #compdef numa-history
            _numa_history() {
                local -a words
                words=("${(@f)$(numa-history "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a words
            }
            compdef _numa_history numa-history

            """,
        "fish" =>
            """
            function __numa_history
                set -l line (commandline -cp)
                numa-history "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c numa-history -f -a '(__numa_history)'

            """,
        _ => null,
    };
}
