using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// The cheapest pinning that keeps the intent of one that does not fit: who shares CPUs, cores and cells with whom, exclusivity, SMT
/// policy, devices, memory with the vCPUs. Pure. The search is bounded: 256 choices of host cells, three manners of dealing out CPUs
/// in each; every proposal is judged by <see cref="FitCheck"/>, and one is given only where the verdict gets better.
/// </summary>
public static class Repairer
{
    // What no numbers can mend is no reason to look for others.
    private static readonly string[] BeyondPins = ["stale", "no-topology", "cpu-model"];

    /// <summary>A plan, or why there is none. The report is the one that <see cref="FitCheck"/> gave on the question.</summary>
    public static RepairAnswer Plan(FitQuestion question, FitReport report)
    {
        if (report.Verdict == Verdict.Fits)
        {
            return new RepairAnswer(null, "it fits; there is nothing to repair");
        }

        if (report.Findings.FirstOrDefault(IsBeyond) is { } beyond)
        {
            return new RepairAnswer(null, $"other pins do not help: {beyond.Text}");
        }

        // What it is meant to be is decided already, where that still fits.
        if (question.Undone is { } decided && UndoneFindings.AsItWouldBe(question, decided) is var meant && FitCheck.Check(meant).Verdict == Verdict.Fits)
        {
            return new RepairAnswer(PlanWriter.Of(question, report, meant.Guest, Verdict.Fits, []), null);
        }

        var ground = new Ground(question);
        var best = Best(question, report, ground);
        if (question.Undone is { IsOvertaken: false } plan && best is { Verdict: Verdict.Fits } stays && RepairMoves.Between(question.Guest, stays.Pins, report.Situation).Count == 0)
        {
            return new RepairAnswer(
                null, $"nothing is wrong with it but what {plan.By} decided, which does not fit there now: numa-recorder release --plan takes that back, decide records what is meant instead");
        }

        return best is { } found && found.Verdict < report.Verdict && found.Verdict != Verdict.Unknown
            ? new RepairAnswer(PlanWriter.Of(question, report, found.Pins, found.Verdict, found.Left), null)
            : new RepairAnswer(null, None(report, best?.Left));
    }

    private static bool IsBeyond(Finding finding) => finding.Verdict > Verdict.Fits && Array.IndexOf(BeyondPins, finding.Code) >= 0;

    private static Candidate? Best(FitQuestion question, FitReport report, Ground ground)
    {
        var intent = IntentReader.Of(question, report);
        var then = question.Context?.Topology is { } topology ? TopologyIndex.Of(topology) : null;
        Candidate? best = null;
        foreach (var cells in CellChoices.Of(intent, ground, then))
        {
            foreach (var given in Dealings(intent, ground, cells))
            {
                if (Proposal.Of(intent, cells, given) is not { } placed)
                {
                    continue;
                }

                var pins = ThreadPlaces.With(placed, report, ground);
                var cost = RepairCost.Of(question, report.Situation, intent, cells, given, pins, ground);

                // The verdict is what takes time; whoever would lose with the best of them need not be judged.
                if (best is null || RepairCost.IsLess([(long)Verdict.Fits, .. cost], best.Cost))
                {
                    var (verdict, left) = RepairCheck.Judge(question, report, pins);
                    var candidate = new Candidate(pins, verdict, left, [(long)verdict, .. cost]);
                    best = best is null || RepairCost.IsLess(candidate.Cost, best.Cost) ? candidate : best;
                }
            }
        }

        return best;
    }

    // Where everything has found a place with care, nothing else can be better.
    private static IEnumerable<IReadOnlyDictionary<WantedCpu, int>> Dealings(Intent intent, Ground ground, int[] cells)
    {
        var wanted = intent.Units.Sum(unit => unit.Count);
        foreach (var manner in Enum.GetValues<Manner>())
        {
            var given = new CpuDealer(intent, ground, cells, manner).Deal();
            yield return given;
            if (given.Count == wanted)
            {
                yield break;
            }
        }
    }

    private static string None(FitReport report, IReadOnlyList<Finding>? left)
    {
        var because = left?.MaxBy(finding => finding.Verdict)?.Text ?? report.Findings.First(finding => finding.Verdict == report.Verdict).Text;
        return $"no other pinning on {report.Host} keeps what this one is for (up to {CellChoices.Most} choices of cells were looked at): {because}";
    }

    private sealed record Candidate(GuestPins Pins, Verdict Verdict, IReadOnlyList<Finding> Left, long[] Cost);
}
