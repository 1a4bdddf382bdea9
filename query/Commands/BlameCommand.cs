using System.CommandLine;
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

/// <summary>Since when a guest's pins do not fit, and which event broke them; the answer is yes (0) only where they fit.</summary>
internal static class BlameCommand
{
    public static Command Create(Verbs verbs)
    {
        var guest = new Argument<string>("guest") { Description = "a UUID, NAME or HOST/NAME" };
        var command = new Command("blame", "since when a guest's pins do not fit, and which event broke them; exit 1 unless they fit") { guest };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var named = request.Parse.GetValue(guest)!;
            var fleet = Fleet.AroundGuest(store, request, named, cancel);
            var asked = GuestLookup.One(fleet, named);
            var known = MomentLookup.When(store, null, request.KnownAt, asked.Host, cancel).KnownAt;
            var question = new ReplayQuestion(DateTimeOffset.MinValue, fleet.AsOf.At, IsNamed: fleet.AsOf.IsNamed);
            var input = StoreReplay.Read(store, fleet, new HashSet<Guid> { asked.Guest }, question, known, cancel);
            var blamed = Blame.Of(asked.Guest, input, question)
                ?? throw new Refusal(ExitCode.Unknown, $"no pinning of {asked.Name} is known", $"numa-history history {asked.Name}");
            var item = BlameItems.Of(blamed, input, store, key => fleet.HostName(key)!, cancel);
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<BlameItem>("Blame", fleet.AsOf.At, [item], () => ReadModelJson.Default.BlameItem),
                new BlameRendering(key => fleet.HostName(key)!, fleet.AsOf.At, Again(request, fleet.AsOf, known)));
            return item.Verdict == Verdict.Fits ? ExitCode.Yes : ExitCode.No;
        });
    }

    // What the next command takes to be about the same moment.
    private static string Again(Request request, AsOf asOf, DateTimeOffset? known) =>
        (asOf.IsNamed ? $" --at {TimeText.Utc(asOf.At)}" : "") + (request.KnownAt is not null && known is { } at ? $" --known-at {TimeText.Micros(at)}" : "");
}
