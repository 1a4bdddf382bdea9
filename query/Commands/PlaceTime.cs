using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The words of <c>place</c> that ask about a stretch of time, and what they do not go with.</summary>
internal sealed class PlaceTime
{
    public Option<bool> Replay { get; } = new("--replay")
    {
        Description = "when it would have fitted, through recorded history: goes with --since; the exit code is of the end",
    };

    public Option<string> Since { get; } = GlobalOptions.Text("--since", "TIME", "where the replay begins");

    public Option<string> Until { get; } = GlobalOptions.Text("--until", "TIME", "where the replay ends (--at, else now)");

    public void Refuse(Request request, PlaceOptions options)
    {
        if (!request.Parse.GetValue(Replay))
        {
            if (Array.Find([Since, Until], option => request.Parse.GetValue(option) is not null) is { } alone)
            {
                throw Usage($"{alone.Name} goes with --replay");
            }

            return;
        }

        if (request.Parse.GetValue(options.Problem) is not null)
        {
            throw new Refusal(ExitCode.Usage, "--replay is of the store; --problem brings its own", "leave one of them out");
        }

        if (request.Parse.GetValue(Since) is null)
        {
            throw Usage("--replay needs --since TIME");
        }

        if (request.Format is OutputFormat.Xml or OutputFormat.Virsh or OutputFormat.Xl or OutputFormat.Pins)
        {
            throw Usage($"-o {request.Format.ToString().ToLowerInvariant()} is of a placement now or at a moment, and does not go with --replay");
        }

        if (Array.Find<Option>([options.Explain, options.Limit], option => request.Parse.GetResult(option) is { Implicit: false }) is { } foreign)
        {
            throw Usage($"{foreign.Name} is of one moment and does not go with --replay");
        }
    }

    private static Refusal Usage(string message) => new(ExitCode.Usage, message, "numa-history place --vcpus 4 --memory 8GiB --replay --since -7d");
}
