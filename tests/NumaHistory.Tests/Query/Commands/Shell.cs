using System.Text;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Query;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Commands;

/// <summary>Runs numa-history in this process with its own clock, environment and files.</summary>
internal static class Shell
{
    public static Task<Outcome> RunAsync(IReadOnlyList<string> words, string input = "", bool isRoot = false)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        using var stdin = new StringReader(input);
        var around = new Surroundings(
            output, error, stdin, new FakeTimeProvider(Some.Noon), _ =>
                null, _ => null, IsTerminal: false, IsRoot: isRoot);
        var code = Application.Run(words, around, CancellationToken.None);
        return Task.FromResult(new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString()));
    }

    internal sealed record Outcome(int Code, string Out, string Err);
}
