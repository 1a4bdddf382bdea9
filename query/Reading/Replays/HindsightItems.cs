using System.Text.Json;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>What was known at a decision beside what was true then, and what became of it.</summary>
internal static class HindsightItems
{
    public static HindsightItem Of(
        StoreReader store, Fleet now, PinningDecided decision, Guid id, EventPlace place, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var at = new AsOf(decision.ObservedAt, IsNamed: true);
        var then = new PastDecision(decision, Fleet.Read(store, new When(at.At, place.RecordedAt), at, withMemory: true, cancel));
        var told = new PastDecision(decision, Fleet.Read(store, new When(at.At, knownAt), at, withMemory: true, cancel));
        var (question, known) = then.Judge(null);
        var actual = told.Judge(question.Context).Report;
        return new HindsightItem(
            decision.Name, now.HostName(decision.Host)!, place.Position, decision.ObservedAt, place.RecordedAt, decision.By, decision.Why, decision.Pins,
            new HindsightVerdict(known.Verdict, known.Findings),
            new HindsightVerdict(actual.Verdict, actual.Findings),
            known.Verdict != actual.Verdict || !Codes(known).SetEquals(Codes(actual)),
            Late(store, [.. told.Facts().Except(then.Facts()).Where(fact => fact != id)], place.RecordedAt, known, actual, cancel),
            Since(store, now, decision, knownAt, cancel));
    }

    private static List<LateItem> Late(
        StoreReader store, List<Guid> facts, DateTimeOffset decided, FitReport known, FitReport actual, CancellationToken cancel)
    {
        if (facts.Count == 0)
        {
            return [];
        }

        var found = actual.Findings.Where(finding => finding.Verdict != Verdict.Info
            && !known.Findings.Any(old => (old.Code, old.Subject, old.Verdict) == (finding.Code, finding.Subject, finding.Verdict)));
        var decisive = found.SelectMany(finding => finding.Proof).ToHashSet();
        return
        [
            .. store.Ask(new EventsByIdQuestion(facts), cancel)
                .Where(one => one.Value.RecordedAt > decided)
                .OrderByDescending(one => decisive.Contains(one.Key)).ThenBy(one => one.Value.Position)
                .Select(one => new LateItem(
                    one.Value.Position, one.Value.Type, one.Value.ObservedAt, one.Value.RecordedAt, one.Key, decisive.Contains(one.Key), Json(one.Value.Data))),
        ];
    }

    private static HindsightSince Since(StoreReader store, Fleet now, PinningDecided decision, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var own = now.Guests.GetValueOrDefault(decision.Guest)?.As ?? decision.Guest;
        var question = new ReplayQuestion(decision.ObservedAt, now.AsOf.At, new HashSet<Guid> { own }, IsNamed: now.AsOf.IsNamed)
        {
            IsOfDecision = true,
        };
        var replay = StoreReplay.Run(store, now, question.Guests, question, Supposed.Nothing, knownAt, cancel);
        var end = replay.Input.Facts.Select(fact => fact.Fact).OfType<IGuestFact>()
            .Where(fact => fact is PinningDecided or PinningReleased or PlanWithdrawn && fact.Guest == own && fact.ObservedAt > decision.ObservedAt)
            .Select(fact => (DateTimeOffset?)fact.ObservedAt)
            .Min() ?? question.Until;
        var intervals = ReplayItems.Of(replay, key => now.HostName(key)!, question.Until)
            .SelectMany(item => item.Intervals)
            .Where(interval => interval.From < end)
            .Select(interval => interval.To > end ? interval with { To = end } : interval)
            .ToList();
        var share = ReplayItems.Share(intervals);
        return new HindsightSince(end, share == 1, share, intervals);
    }

    private static HashSet<string> Codes(FitReport report) =>
        [.. report.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code)];

    private static JsonElement? Json(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
