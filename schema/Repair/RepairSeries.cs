using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// Repairs of several guests that are possible together: one after the other in the order given, each on the host as those before it would leave it, beside
/// those that fit. Pure.
/// </summary>
public sealed class RepairSeries
{
    private readonly List<Place> _taken = [];
    private readonly ILookup<string, GuestPins> _fitting;

    private RepairSeries(IEnumerable<(FitQuestion Question, FitReport Report)> judged) => _fitting = judged
        .Where(one => one.Report.Verdict == Verdict.Fits).ToLookup(one => one.Question.Host.Name, one => one.Question.Guest);

    /// <summary>An answer for each question, in their order; of a guest in two situations what comes first is what others see.</summary>
    public static IReadOnlyList<RepairAnswer> Plan(IReadOnlyList<(FitQuestion Question, FitReport Report)> judged)
    {
        var series = new RepairSeries(judged);
        var answers = new RepairAnswer[judged.Count];
        // Where somebody decided already what is to be, others make way.
        foreach (var (index, one) in judged.Index().OrderBy(one => one.Item.Question.Undone is null))
        {
            answers[index] = series.Next(one.Question, one.Report);
        }

        return answers;
    }

    private RepairAnswer Next(FitQuestion question, FitReport report)
    {
        var host = question.Host.Name;
        var before = _taken.Where(place => place.Host == host && !GuestIndex.Same(place.After, question.Guest)).ToList();
        var beside = _fitting[host]
            .Where(guest => !GuestIndex.Same(guest, question.Guest) && !question.Others.Any(other => GuestIndex.Same(guest, other)))
            .Select(guest => new Place(host, null, guest))
            .ToList();
        List<Place> places = [.. before, .. beside];
        if (places.Count == 0 || report.Verdict == Verdict.Fits)
        {
            return Keep(question, Repairer.Plan(question, report));
        }

        var left = After(question, places);
        var found = FitCheck.Check(left);
        if (found.Verdict == Verdict.Fits)
        {
            return new RepairAnswer(null, $"it fits once what is proposed for {Names(before)} is done");
        }

        var answer = Keep(question, Repairer.Plan(left, found));
        return answer.Plan is { } plan && before.Count > 0 && Waits(plan, beside)
            ? answer with
            {
                Plan = plan with { Notes = [.. plan.Notes, $"it counts on what is proposed for {Names(Needed(plan))}: apply that first"] },
            }
            : answer;

        // Whether the plan is not as good before those of others are carried out.
        bool Waits(RepairPlan plan, IReadOnlyList<Place> done) => RepairCheck.Judge(After(question, done), report, plan.Proposed).Verdict > plan.Verdict;

        IReadOnlyList<Place> Needed(RepairPlan plan) =>
            before.Where(place => Waits(plan, [.. places.Where(other => other != place)])).ToList() is { Count: > 0 } each ? each : before;
    }

    private RepairAnswer Keep(FitQuestion question, RepairAnswer answer)
    {
        if (answer.Plan is { } plan && !_taken.Exists(place => place.Host == question.Host.Name && GuestIndex.Same(place.After, plan.Proposed)))
        {
            _taken.Add(new Place(question.Host.Name, question.Guest, plan.Proposed));
        }

        return answer;
    }

    private static FitQuestion After(FitQuestion question, IReadOnlyList<Place> places) => question with
    {
        Others = [.. question.Others.Where(other => !places.Any(place => GuestIndex.Same(place.After, other))), .. places.Select(place => place.After)],
        Host = question.Host with { Memory = question.Host.Memory is { } memory ? Without(memory, places) : null },
    };

    // Memory that comes to a cell is not free there any more; what it leaves elsewhere is not counted on.
    private static ObservedMemory Without(ObservedMemory memory, IReadOnlyList<Place> places)
    {
        var claims = places.Where(place => place.Before is null || !RepairMoves.SameMemory(place.Before, place.After))
            .SelectMany(place => GuestIndex.Of(place.After).Claims)
            .Where(claim => claim is { Cells.IsEmpty: false, PageKiB: null })
            .ToList();
        return new ObservedMemory(
        [
            .. memory.Cells.Select(cell => cell with
            {
                FreeKiB = cell.FreeKiB is { } free
                    ? Math.Max(0, free - claims.Where(claim => claim.Cells!.Contains(cell.Id)).Sum(claim => claim.In(cell.Id)))
                    : null,
            }),
        ]);
    }

    private static string Names(IEnumerable<Place> before) => string.Join(", ", before.Select(place => place.After.Guest));

    private sealed record Place(string Host, GuestPins? Before, GuestPins After);
}
