using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The migrations of guests, each put together from what its two hosts recorded.</summary>
internal static class MigrationsCommand
{
    public static Command Create(Verbs verbs)
    {
        var guest = new Argument<string?>("guest") { Description = "a UUID, NAME or HOST/NAME", Arity = ArgumentArity.ZeroOrOne };
        var since = GlobalOptions.Text("--since", "TIME", "only migrations that began then or later");
        var command = new Command("migrations", "where guests moved, when, and whether they arrived") { guest, since };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var fleet = Fleet.Read(store, request, withMemory: false, null, cancel);
            var only = request.Parse.GetValue(guest) is { } named ? GuestLookup.One(fleet, named) : null;
            var from = MomentLookup.Resolve(store, since.Name, request.Time(since), only?.Host, cancel);
            var known = MomentLookup.When(store, null, request.KnownAt, only?.Host, cancel).KnownAt;
            List<MigrationItem> items =
            [
                .. store.Ask(new GuestHistoryQuestion(only?.Guest, new When(fleet.AsOf.At, known)), cancel)
                    .GroupBy(fact => fact.Fact.Guest)
                    .Where(facts => !facts.Any(fact => fact.Fact is GuestIdentified))
                    .SelectMany(facts => Migrations.Of(facts.Key, facts.Select(fact => (fact.Id, fact.Fact))))
                    .Where(migration => from is null || migration.Begun >= from)
                    .OrderBy(migration => migration.Begun)
                    .Select(migration => Item(fleet, migration)),
            ];
            Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(request, fleet.Guests.Count, [], []));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<MigrationItem>("Migrations", fleet.AsOf.At, items, () => ReadModelJson.Default.MigrationItem),
                new MigrationRendering());
            return ExitCode.Yes;
        });
    }

    private static MigrationItem Item(Fleet fleet, Migration migration) => new(
        fleet.Guests.GetValueOrDefault(migration.Guest)?.Name ?? migration.Guest.ToString(),
        fleet.HostName(migration.From),
        fleet.HostName(migration.To),
        migration.Begun,
        migration.Ended,
        migration.Outcome,
        migration.IsPostCopy,
        (migration.WasSeenBySource, migration.WasSeenByTarget) switch
        {
            (true, true) => "both",
            (true, false) => "source",
            (false, true) => "target",
            _ => "nobody",
        },
        migration.Events);
}
