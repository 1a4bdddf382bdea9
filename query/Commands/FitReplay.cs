using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>fit --replay: verdicts through recorded history, of guests where they were or of a migration rehearsed over the past.</summary>
internal static class FitReplay
{
    public static ExitCode Answer(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        var named = request.Parse.GetValue(options.Guests);
        var fleet = Read(store, request, options, cancel);
        var target = request.Parse.GetValue(options.Host) is { } host ? fleet.HostKey(options.Host.Name, host) : null;
        var only = named is { Length: > 0 } ? GuestLookup.Select(fleet, named) : null;
        var place = target ?? (only is [{ Host: { } on }] ? on : null);
        var since = MomentLookup.Resolve(store, options.Since.Name, request.Time(options.Since), place, cancel)!.Value;
        var until = MomentLookup.Resolve(store, options.Until.Name, request.Time(options.Until), place, cancel);
        var question = new ReplayQuestion(
            since, until ?? fleet.AsOf.At, only?.Select(guest => guest.Guest).ToHashSet(), target, options.Situation(request), until is not null || fleet.AsOf.IsNamed);
        if (question.Since >= question.Until)
        {
            throw new Refusal(ExitCode.Usage, $"--since {TimeText.Utc(question.Since)} is not before {TimeText.Utc(question.Until)}");
        }

        var known = MomentLookup.When(store, null, request.KnownAt, place, cancel).KnownAt;
        var replay = StoreReplay.Run(store, fleet, question.Guests, question, options.Edits.Of(request, fleet.Topologies(target is null ? fleet.Hosts.Select(row => row.Key) : [target])), known, cancel);
        var items = ReplayItems.Of(replay, key => fleet.HostName(key)!, question.Until);
        Remarks.Write(verbs.Around.Err, request, Remarks.OnReplay(Math.Max(fleet.Guests.Count, replay.GuestCount), only, items));
        Printer.Print(
            verbs.Around.Out,
            request,
            new Answer<FitReplayItem>("FitReport", question.Until, items, () => ReadModelJson.Default.FitReplayItem),
            new FitReplayRendering(question.Since));
        return items.TrueForAll(item => item.Intervals.All(interval => interval.Verdict == Verdict.Fits)) ? ExitCode.Yes : ExitCode.No;
    }

    // Where nothing is named, the history says everything.
    private static Fleet Read(StoreReader store, Request request, FitOptions options, CancellationToken cancel) =>
        request.At is null && request.KnownAt is null && request.Parse.GetValue(options.Guests) is not { Length: > 0 }
            && request.Parse.GetValue(options.Host) is null && !options.Edits.Any(request)
            ? Fleet.Outline(store, request.Now, cancel)
            : Fleet.Read(store, request, withMemory: true, request.Parse.GetValue(options.Host), cancel);
}
