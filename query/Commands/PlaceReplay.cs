using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>place --replay: when a guest would have fitted, on each host and on any of them.</summary>
internal static class PlaceReplay
{
    public static ExitCode Answer(Verbs verbs, Request request, PlaceOptions options, GuestWish wish, StoreReader store, CancellationToken cancel)
    {
        verbs.Around.BeforeMuchThatStays();
        var fleet = Fleet.Read(store, request, withMemory: true, request.Parse.GetValue(options.Host), cancel);
        var host = request.Parse.GetValue(options.Host) is { } named ? fleet.HostKey(options.Host.Name, named) : null;
        var (since, until) = (options.Time.Since, options.Time.Until);
        var time = AskedTime.Of(store, request, (since.Name, request.Time(since)), (until.Name, request.Time(until)), fleet.AsOf, host, cancel);
        var question = new PlacementQuestion(wish, time.Since, time.Until, host is null ? null : new HashSet<string> { host }, time.IsNamed);
        var input = new ReplayInput(store.Ask(new HistoryQuestion(host is null ? null : [], host, new When(question.Until, time.KnownAt)), cancel))
        {
            Watches = fleet.Hosts.ToDictionary(row => row.Key, row => fleet.Watch(row.Key)),
        };
        var hosts = PlacementReplay.Run(input, question, key => HostHours.Read(store, fleet, key, question.Since, question.Until, time.KnownAt, cancel));
        var items = PlacementReplayItems.Of(hosts, key => fleet.HostName(key)!, question.Until);
        Remarks.Write(verbs.Around.Err, request, hosts.Count == 0 ? [$"no host is known from {TimeText.Utc(question.Since)} to {TimeText.Utc(question.Until)}"] : []);
        Printer.Print(
            verbs.Around.Out,
            request,
            new Answer<PlacementReplayItem>("PlacementReplay", question.Until, items, () => ReadModelJson.Default.PlacementReplayItem),
            new PlaceReplayRendering(question.Since, question.Until));
        return items is [.., { Fits: true }] ? ExitCode.Yes : ExitCode.No;
    }
}
