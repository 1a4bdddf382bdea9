using System.CommandLine;
using System.Globalization;
using System.Text;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>A past decision with what was known then and what was true; the answer is yes (0) only where both say that it fitted, for the same reasons.</summary>
internal static class HindsightCommand
{
    public static Command Create(Verbs verbs)
    {
        var decision = new Argument<string>("decision") { Description = "a guest, for its newest decision, or the POSITION of one in the log" };
        var command = new Command(
            "hindsight", "a past decision: what was known then, what was true, and whether it held; exit 1 unless it fitted both ways") { decision };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var fleet = Fleet.Read(store, request, withMemory: true, null, cancel);
            var (id, place) = Find(store, fleet, request.Parse.GetValue(decision)!, cancel);
            var known = MomentLookup.When(store, null, request.KnownAt, null, cancel).KnownAt;
            RefuseLater(fleet, place, known, request.Parse.GetValue(decision)!);
            var decided = (PinningDecided)EventJson.Read(place.Type, Encoding.UTF8.GetBytes(place.Data!));
            var item = HindsightItems.Of(store, fleet, decided, id, place, known, cancel);
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<HindsightItem>("Hindsight", fleet.AsOf.At, [item], () => ReadModelJson.Default.HindsightItem),
                new HindsightRendering(key => fleet.HostName(key)!));
            return !item.Differs && item.Actual.Verdict == Verdict.Fits ? ExitCode.Yes : ExitCode.No;
        });
    }

    private static void RefuseLater(Fleet fleet, EventPlace place, DateTimeOffset? known, string named)
    {
        if (place.ObservedAt > fleet.AsOf.At || place.RecordedAt > known)
        {
            throw new Refusal(
                ExitCode.Unknown,
                place.ObservedAt > fleet.AsOf.At
                    ? $"nobody knew of this decision at {TimeText.Utc(fleet.AsOf.At)}: it was made at {TimeText.Utc(place.ObservedAt)}"
                    : $"nobody knew of this decision at {TimeText.Micros(known!.Value)}: it was recorded at {TimeText.Micros(place.RecordedAt)}",
                $"numa-history hindsight {named}");
        }
    }

    // A shell takes #123 for a comment, so the number alone is a position too.
    private static (Guid Id, EventPlace Place) Find(StoreReader store, Fleet fleet, string named, CancellationToken cancel)
    {
        if (long.TryParse(named.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && fleet.Guests.Values.All(guest => guest.Name != named))
        {
            return store.Ask(new DecisionQuestion(position), cancel)
                ?? throw new Refusal(ExitCode.Unknown, $"there is no decision at position {position}", "numa-history history --kind pinning.decided");
        }

        var guest = GuestLookup.One(fleet, named);
        return store.Ask(new DecisionQuestion(guest.Guest, fleet.AsOf.At), cancel)
            ?? throw new Refusal(ExitCode.Unknown, $"nobody decided a pinning of {guest.Name}", $"numa-history pins {guest.Name}");
    }
}
