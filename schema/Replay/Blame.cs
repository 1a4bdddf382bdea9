using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Replay;

/// <summary>Finds the event at the step down to the verdict in force.</summary>
public static class Blame
{
    /// <summary>
    /// Blames for one guest out of what was recorded of its hosts and all guests there; null where there is no verdict on it. The others are
    /// judged at its step only.
    /// </summary>
    public static Blamed? Of(Guid guest, ReplayInput input, ReplayQuestion question)
    {
        if (Replayer.Run(input, question with { Guests = new HashSet<Guid> { guest } }) is not [{ Intervals: [.., var now] } verdicts])
        {
            return null;
        }

        var (ended, by) = End(guest, now, input, question);
        if (Step(verdicts) is not { } step)
        {
            return new Blamed(verdicts, now, null, null, null, [], [], ended, by);
        }

        var first = Cause(step);
        return new Blamed(
            verdicts,
            now,
            step,
            verdicts.Intervals.LastOrDefault(interval => interval.Verdict == Verdict.Fits)?.To,
            first,
            [.. step.By.Where(fact => fact != first)],
            first is null ? [] :
            [
                .. At(step, input, question).Where(other => other.Guest != guest)
                    .Select(other => (other, StepAt(other, step))).Where(one => one.Item2 is not null)!,
            ],
            ended,
            by);
    }

    /// <summary>The stretch that began the verdict in force; null where the guest fits.</summary>
    public static VerdictInterval? Step(GuestVerdicts verdicts) => verdicts.Intervals[^1].Verdict == Verdict.Fits ? null : StepTo(verdicts.Intervals);

    // At the very end of the question a stretch that ended looks like one that lasts: where the guest is tells.
    private static (DateTimeOffset? At, HistoryFact? By) End(Guid guest, VerdictInterval last, ReplayInput input, ReplayQuestion question)
    {
        var own = input.Facts.Where(fact => fact.Fact is IGuestFact of && of.Guest == guest && fact.Fact.ObservedAt <= question.Until).ToList();
        var state = own.Aggregate(new GuestState(guest), (before, fact) => before.After((IGuestFact)fact.Fact));
        return last.To < question.Until || state.Host is null
            ? (last.To, own.Where(fact => fact.Fact.ObservedAt == last.To).MinBy(fact => EndRank(fact.Fact)))
            : (null, null);
    }

    private static int EndRank(IHostFact fact) => fact switch
    {
        PinningReleased or PlanWithdrawn => 0,
        GuestGone => 1,
        PinningGone => 2,
        _ => 3,
    };

    // What held just before a step, and what holds from it on.
    private static IReadOnlyList<GuestVerdicts> At(VerdictInterval step, ReplayInput input, ReplayQuestion question) => Replayer.Run(
        input, question with { Since = step.From > question.Since ? step.From.AddTicks(-1) : question.Since, Until = step.From });

    // Back through all stretches with the same worst finding, also where something worse came and went beside it; one in which nobody looked takes
    // nothing back. What was worse before and has only become less bad was no step down;
    // where something else is wrong now, it was one.
    private static VerdictInterval StepTo(IReadOnlyList<VerdictInterval> intervals)
    {
        var now = intervals[^1];
        var step = now;
        for (var i = intervals.Count - 2; i >= 0; i--)
        {
            var interval = intervals[i];
            if (interval.Host != now.Host || (!interval.IsSilent && !IsSame(interval, now)))
            {
                return interval.Host == now.Host && interval.Verdict == Verdict.Broken && now.Verdict < Verdict.Broken && Holds(now, interval) ? StepTo([.. intervals.Take(i + 1)]) : step;
            }

            step = interval.IsSilent && !now.IsSilent ? step : interval;
        }

        return step;
    }

    private static bool IsSame(VerdictInterval interval, VerdictInterval now) =>
        interval.Verdict == now.Verdict ? Holds(interval, now) || Holds(now, interval)
        : interval.Verdict > now.Verdict && Worst(interval) != Worst(now) && Worst(now) is { } code && interval.Because.Contains(code);

    // What was worst in one is still, or was already, wrong in the other.
    private static bool Holds(VerdictInterval one, VerdictInterval other) => Worst(one) is not { } code || other.Because.Contains(code);

    private static string? Worst(VerdictInterval interval) => interval.Because.Count > 0 ? interval.Because[0] : null;

    // What the worst finding rests on, if it is of this instant; else what is most likely to have done it.
    private static HistoryFact? Cause(VerdictInterval step)
    {
        var proof = step.Report().Findings.FirstOrDefault()?.Proof ?? [];
        return step.By
            .OrderByDescending(fact => proof.Contains(fact.Event))
            .ThenByDescending(fact => (fact.Fact as IGuestFact)?.Guest.ToString() == step.Question.Guest.Uuid)
            .ThenBy(fact => Rank(fact.Fact))
            .FirstOrDefault();
    }

    private static int Rank(IHostFact fact) => fact switch
    {
        SourceFailed or SamplingGap => 0,
        CapacityObserved => 1,
        TopologyObserved => 2,
        PinningDecided or PinningObserved => 3,
        HostBooted => 4,
        _ => 5,
    };

    private static VerdictInterval? StepAt(GuestVerdicts other, VerdictInterval step)
    {
        var at = other.Intervals.ToList().FindIndex(interval => interval.From == step.From && interval.Host == step.Host);
        return at >= 0 && other.Intervals[at].Verdict != Verdict.Fits && (at == 0 || other.Intervals[at].Verdict > other.Intervals[at - 1].Verdict)
            ? other.Intervals[at]
            : null;
    }
}
