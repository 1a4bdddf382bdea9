using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Formats.VirshText;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>The lines for virsh in each situation.</summary>
internal static class PlanCommands
{
    public static IReadOnlyList<string> Of(FitQuestion question, Situation situation, GuestPins after) => situation switch
    {
        Situation.Running => VirshCommands.Between(ReallyRunning.Of(question.Guest), question.OtherLayer ?? question.Guest, after),
        Situation.Start => VirshCommands.Between(question.Guest, after, isRunning: false),
        _ => [],
    };
}
