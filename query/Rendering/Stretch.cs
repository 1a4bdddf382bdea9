using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// Verdicts over time as a table shows them: neighbours on one host with the same verdict and the same words are one line, whatever else was found and
/// whether the guest ran or was to start.
/// </summary>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset To, string Host, string Situations, Verdict Verdict, string? Text)
{
    public static IReadOnlyList<Stretch> Of(IReadOnlyList<IntervalItem> intervals)
    {
        var stretches = new List<Stretch>();
        foreach (var interval in intervals)
        {
            var situation = FitWording.Of(interval.Situation);
            if (stretches is [.., var last] && last.To == interval.From && last.Host == interval.Host
                && last.Verdict == interval.Verdict && last.Text == interval.Text)
            {
                stretches[^1] = last with
                {
                    To = interval.To,
                    Situations = last.Situations.Split(", ").Contains(situation) ? last.Situations : $"{last.Situations}, {situation}",
                };
            }
            else
            {
                stretches.Add(new Stretch(interval.From, interval.To, interval.Host, situation, interval.Verdict, interval.Text));
            }
        }

        return stretches;
    }
}
