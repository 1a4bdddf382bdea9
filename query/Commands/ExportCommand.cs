using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Exporting;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>Every event with its identity, in order of position, for another store or another program.</summary>
internal static class ExportCommand
{
    public static Command Create(Verbs verbs)
    {
        var since = GlobalOptions.Text("--since", "TIME", "observed at this moment or later");
        var until = GlobalOptions.Text("--until", "TIME", "observed at this moment or earlier (--at)");
        var host = GlobalOptions.Text("--host", "HOST", "only events of this host: name, former name or key");
        var guest = GlobalOptions.Text("--guest", "GUEST", "only events of this guest: UUID, NAME or HOST/NAME");
        var command = new Command(
            "export", "the events as CloudEvents, one a line (-o csv: flat); numa-recorder import --format events reads them") { since, until, host, guest };
        return verbs.Streaming(command, (request, store, waiting, cancel) =>
        {
            var asCsv = IsCsv(request);
            var name = request.Parse.GetValue(host);
            var hostKey = name is null ? null : HostLookup.One(store, name, "export", cancel).Key;
            var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
            var filter = new ExportFilter(
                MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel),
                MomentLookup.Resolve(store, until.Name, request.Time(until), name, cancel) ?? when.At,
                when.KnownAt,
                hostKey,
                request.Parse.GetValue(guest) is { } named ? Guest(store, named, cancel) : null);
            var writer = new ExportWriter(verbs.Around.Out, asCsv);
            if (request.Look.Headers)
            {
                writer.Head();
            }

            var count = store.Ask(
                new ExportQuestion(filter, line =>
                {
                    // Whoever reads the output may take their time; the store may not.
                    waiting.Pause();
                    writer.Write(line);
                    waiting.Begin();
                }),
                cancel);
            if (!request.Quiet)
            {
                verbs.Around.Err.WriteLine($"{count} events");
            }

            return ExitCode.Yes;
        });
    }

    private static bool IsCsv(Request request) => request.Format switch
    {
        OutputFormat.Jsonl => false,
        OutputFormat.Csv => true,
        _ => throw new Refusal(ExitCode.Usage, "-o: events are exported as jsonl or csv; history prints them for people", "numa-history history"),
    };

    private static Guid Guest(StoreReader store, string named, CancellationToken cancel) => store.Ask(new GuestNamesQuestion(named), cancel) switch
    {
        [var one] => one.Id,
        [] => throw new Refusal(ExitCode.Unknown, $"no guest '{named}' is recorded", "numa-history guests"),
        var several => throw new Refusal(
            ExitCode.Usage,
            $"'{named}' means several guests: {string.Join(", ", several.Select(guest => $"{guest.Host}/{guest.Name} ({guest.Id})"))}",
            "name one of them by HOST/NAME or UUID"),
    };
}
