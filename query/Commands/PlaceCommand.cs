using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Given;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>Where a guest fits: whole questions in JSON.</summary>
internal static class PlaceCommand
{
    public static Command Create(Verbs verbs)
    {
        var problem = GlobalOptions.Text("--problem", "FILE", "whole questions as JSON Lines; - is standard input; needs no store");
        var command = new Command("place", "where a guest fits, best first, and why it does not elsewhere; exit 1 if nowhere") { problem };
        return verbs.Offline(command, (request, cancel) => Problems(verbs, request, problem, cancel));
    }

    private static ExitCode Problems(Verbs verbs, Request request, Option<string> problem, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(problem) ?? throw new Refusal(ExitCode.Usage, "place needs --problem FILE", "numa-history place --help");
        if (path == "-")
        {
            return PlacementProblems.Answer(verbs.Around.In, verbs.Around.Out, cancel);
        }

        using var text = new StreamReader(new MemoryStream(GivenBytes.Read(problem.Name, path, verbs.Around).ToArray(), writable: false));
        return PlacementProblems.Answer(text, verbs.Around.Out, cancel);
    }
}
