using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Given;
using NumaHistory.Query.Reading.Placing;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>Where a guest fits: in the store's fleet, or of whole questions in JSON.</summary>
internal static class PlaceCommand
{
    private const int Misses = 3;

    public static Command Create(Verbs verbs)
    {
        var options = new PlaceOptions();
        var command = new Command("place", "where a guest fits, best first, and why it does not elsewhere; exit 1 if nowhere; -o virsh, xl or pins is ready to use, so is -o xml with --domain; see help placement");
        options.AddTo(command);
        return verbs.Offline(command, (request, cancel) =>
        {
            options.Time.Refuse(request, options);
            if (request.Parse.GetValue(options.Problem) is { } path)
            {
                options.RefuseBesideProblem(request);
                return Problems(verbs, options, path, cancel);
            }

            var domain = options.Document(request, verbs.Around);
            var wish = options.Wish(request, domain);
            Remarks.Write(verbs.Around.Err, request, [.. domain?.Problems ?? [], .. Remarks.OnCells(wish)]);
            return verbs.Ask(request, cancel, (store, stop) => request.Parse.GetValue(options.Time.Replay)
                ? PlaceReplay.Answer(verbs, request, options, wish, store, stop)
                : Fleet(verbs, request, options, (wish, domain), store, stop));
        });
    }

    private static ExitCode Problems(Verbs verbs, PlaceOptions options, string path, CancellationToken cancel)
    {
        if (path == "-")
        {
            return PlacementProblems.Answer(verbs.Around.In, verbs.Around.Out, cancel);
        }

        using var text = new StreamReader(new MemoryStream(GivenBytes.Read(options.Problem.Name, path, verbs.Around).ToArray(), writable: false));
        return PlacementProblems.Answer(text, verbs.Around.Out, cancel);
    }

    private static ExitCode Fleet(
        Verbs verbs, Request request, PlaceOptions options, (GuestWish Wish, PlaceDomain? Domain) asked, StoreReader store, CancellationToken cancel)
    {
        var wish = asked.Wish;
        var explain = request.Parse.GetValue(options.Explain);
        var limit = options.Candidates(request);
        // Asked first: what is decided meanwhile is behind it.
        var newest = store.Ask(new NewestPositionsQuestion(1), cancel);
        var found = StorePlacement.Find(store, request, wish, request.Parse.GetValue(options.Host), explain, limit, cancel);
        var answer = found.Answer with
        {
            Position = newest.Count > 0 ? newest[0].Position : 0,
            MemorySource = "raw",
            Candidates = [.. found.Answer.Candidates.Take(limit)],
            Rejected = explain ? found.Answer.Rejected : [.. found.Answer.Rejected.Take(found.Answer.Fits ? 0 : Misses)],
        };
        var isForAnother = request.Format is OutputFormat.Xml or OutputFormat.Virsh or OutputFormat.Xl or OutputFormat.Pins;
        var isBestAlone = answer.Fits && isForAnother;
        Remarks.Write(verbs.Around.Err, request, [.. Remarks.OnLooked(found.Looked), .. Remarks.OnUnjudged(found.Answer, answer)]);
        Remarks.Write(verbs.Around.Err, request, Remarks.OnFreeUnknown(isBestAlone ? [answer.Candidates[0]] : answer.Candidates));
        if (isBestAlone)
        {
            Remarks.Write(verbs.Around.Err, request, [$"the place is on {answer.Candidates[0].Host}"]);
            verbs.Around.Out.WriteText(text => PlacedText.Write(text, request.Format, found.Guests[answer.Candidates[0].Host], asked.Domain));
            return ExitCode.Yes;
        }

        Remarks.Write(verbs.Around.Err, request, Remarks.OnPlacement(wish, answer, explain, request.At is null ? null : found.At, request.At is not null || request.KnownAt is not null));
        var rendering = new PlaceRendering(explain);
        if (isForAnother)
        {
            // What another program reads has no reasons in it.
            rendering.Write(verbs.Around.Err, [answer], request.Look);
            return ExitCode.No;
        }

        Printer.Print(
            verbs.Around.Out, request, new Answer<PlacementAnswer>("PlacementAnswer", found.At, [answer], () => PlacementJson.Default.PlacementAnswer), rendering);
        return answer.Fits ? ExitCode.Yes : ExitCode.No;
    }
}
