using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Commands;

/// <summary>The words of <c>fit</c> for what may be promised several times, as <c>place</c> has them.</summary>
internal sealed class FitRatios
{
    private readonly Option<string> _cpu = GlobalOptions.Text("--cpu-ratio", "R", "shared vCPUs for each shared CPU of a cell (no limit)");
    private readonly Option<string> _memory = GlobalOptions.Text("--memory-ratio", "R", "memory of guests for all memory of their cells (1)");

    public void AddTo(Command command)
    {
        command.Add(_cpu);
        command.Add(_memory);
    }

    /// <summary>The first of them that is given; null = none.</summary>
    public string? Given(Request request) => new[] { _cpu, _memory }.FirstOrDefault(option => request.Parse.GetValue(option) is not null)?.Name;

    public FitLimits Of(Request request) => new(request.Ratio(_cpu), request.Ratio(_memory));
}
