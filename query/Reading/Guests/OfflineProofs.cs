using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Finds for verdicts of now or a moment the events that took CPUs offline; the store is asked only where some are.</summary>
internal static class OfflineProofs
{
    public static List<(FitQuestion Question, FitReport Report)> Found(
        StoreReader store, Fleet fleet, DateTimeOffset? knownAt, List<(FitQuestion Question, FitReport Report)> judged, CancellationToken cancel)
    {
        var proofs = judged.SelectMany(one => one.Report.Findings).Where(OfflineProof.IsOffline).SelectMany(finding => finding.Proof).ToHashSet();
        var named = fleet.Events.Where(one => one.Key is CapacityObserved && proofs.Contains(one.Value)).ToDictionary(one => one.Value, one => (CapacityObserved)one.Key);
        if (named.Count == 0)
        {
            return judged;
        }

        var seen = store.Ask(
            new OnlineHistoryQuestion(named.Values.Select(fact => fact.Host).Distinct(), new When(fleet.AsOf.IsNamed ? fleet.AsOf.At : null, knownAt)), cancel)
            .ToLookup(one => (one.Host, one.Source), one => (one.Event, one.Online));
        return
        [
            .. judged.Select(one => (one.Question, OfflineProof.Of(
                one.Report, id => named.TryGetValue(id, out var fact) ? seen[(fact.Host, fact.Source)].SkipWhile(older => older.Event != id) : null))),
        ];
    }
}
