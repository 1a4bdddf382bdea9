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
        verbs.Around.BeforeMuchThatStays();
        var named = request.Parse.GetValue(options.Guests);
        var fleet = Read(store, request, options, cancel);
        var target = request.Parse.GetValue(options.Host) is { } host ? fleet.HostKey(options.Host.Name, host) : null;
        var only = named is { Length: > 0 } ? GuestLookup.Select(fleet, named) : null;
        var place = target ?? (only is [{ Host: { } on }] ? on : null);
        var (since, until) = (options.Since, options.Until);
        var time = AskedTime.Of(store, request, (since.Name, request.Time(since)), (until.Name, request.Time(until)), fleet.AsOf, place, cancel);
        var question = new ReplayQuestion(
            time.Since, time.Until, only?.Select(guest => guest.Guest).ToHashSet(), target, options.Situation(request), time.IsNamed);
        var edits = options.Edits.Of(request, fleet.Topologies(target is null ? fleet.Hosts.Select(row => row.Key) : [target]));
        var replay = StoreReplay.Run(store, fleet, question.Guests, question, new Supposed(edits, options.Ratios.Of(request)), time.KnownAt, cancel);
        var items = ReplayItems.Of(replay, key => fleet.HostName(key)!, question.Until);
        Remarks.Write(verbs.Around.Err, request, Remarks.OnReplay(request, Math.Max(fleet.Guests.Count, replay.GuestCount), only, items));
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
