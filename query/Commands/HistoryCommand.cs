using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The audit log: what was recorded, one event a line, in order of observed time; and, on demand, what comes.</summary>
internal static class HistoryCommand
{
    private const string Blocks = "memory.block";

    public static Command Create(Verbs verbs)
    {
        var host = new Argument<string?>("host") { Description = "a host's name, former name or key; or a guest: UUID, NAME or HOST/NAME", Arity = ArgumentArity.ZeroOrOne };
        var since = GlobalOptions.Text("--since", "TIME", "observed at this moment or later");
        var until = GlobalOptions.Text("--until", "TIME", "observed at this moment or earlier (--at)");
        var kind = new Option<string[]>("--kind")
        {
            HelpName = "KIND",
            Description =
                "only these: host.booted, topology.observed, capacity.observed, source.failed, memory.block ...",
        };
        var limit = GlobalOptions.Text("--limit", "N", "the newest so many");
        var follow = new Option<bool>("--follow", "-f") { Description = "then whatever is recorded from now on, until Ctrl-C" };
        var command = new Command(
            "history", "the events of a host or guest, or of all: position, when, who, why") { host, since, until, kind, limit, follow };
        return verbs.Offline(command, (request, stop) =>
        {
            var name = request.Parse.GetValue(host);
            var kinds = Kinds.Parse(kind.Name, request.Parse.GetValue(kind));
            var most = Count(limit.Name, request.Parse.GetValue(limit));
            var follows = request.Parse.GetValue(follow);
            if (follows)
            {
                HistoryFollow.Check(request, request.Parse.GetValue(until) is not null);
            }

            return verbs.Ask(
                request,
                stop,
                (store, waiting, cancel) =>
                {
                    var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
                    var filter = new EventFilter(
                        MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel),
                        MomentLookup.Resolve(store, until.Name, request.Time(until), name, cancel) ?? when.At,
                        when.KnownAt,
                        kinds,
                        request.Verbose || (kinds?.Contains(Blocks) ?? false),
                        most);
                    Answer(verbs, request, store, name, filter, follows ? waiting : null, cancel);
                    return ExitCode.Yes;
                });
        });
    }

    private static void Answer(
        Verbs verbs, Request request, StoreReader store, string? name, EventFilter filter, Patience? following, CancellationToken cancel)
    {
        var guest = Guest(store, name, cancel);
        var follow = following is null ? null : HistoryFollow.Begin(store, following, cancel);
        var (scope, hosts, rows) = guest is not null
            ? Ask(store, new HistoryScope(null, guest), filter, cancel)
            : HostLookup.Ask(store, name, word => Ask(store, new HistoryScope(word, null), filter, cancel), answer => answer.Hosts, cancel);
        if (request.At is not null && filter.Until is { } at && hosts.Count > 0 && at < hosts.Min(row => row.FirstSeen))
        {
            throw BeforeFirst.Refusal(hosts, at);
        }

        List<HistoryEntry> entries = [.. rows.Select(HistoryEntries.Of)];
        var names = hosts.ToDictionary(row => row.Key, row => row.Name);
        var rendering = new HistoryRendering(key => names.GetValueOrDefault(key, key));
        Remarks.Write(verbs.Around.Err, request, Remarks.OnHosts(hosts.Count));
        Recall(store, request, rendering, entries, cancel);
        Print(verbs.Around.Out, request, filter.Until ?? request.Now, entries, rendering);
        verbs.Around.Out.Flush();
        // A table knows whether it has a head; records had theirs above.
        var later = request.Format == OutputFormat.Csv ? request with { Look = request.Look with { Headers = false } } : request;
        follow?.Go(store, scope, filter, entries, news =>
        {
            Recall(store, request, rendering, news, cancel);
            Print(verbs.Around.Out, later, request.Now, news, rendering);
            verbs.Around.Out.Flush();
        });
    }

    private static (HistoryScope Scope, IReadOnlyList<HostRow> Hosts, IReadOnlyList<EventRow> Rows) Ask(
        StoreReader store, HistoryScope scope, EventFilter filter, CancellationToken cancel)
    {
        var (hosts, rows) = store.Ask(new HostsQuestion(HostFilter.Named(scope.Host)), new EventsQuestion(scope, filter), cancel);
        return (scope, hosts, rows);
    }

    private static void Print(
        Stream output, Request request, DateTimeOffset at, IReadOnlyList<HistoryEntry> entries, HistoryRendering rendering) => Printer.Print(
        output,
        request,
        new Answer<HistoryEntry>("History", at, entries, null)
        {
            WriteItem = (writer, entry) => JsonSerializer.Serialize(writer, entry.Item, ReadModelJson.Default.HistoryItem),
        },
        rendering);

    // A pinning is shown as what it changed, so what was in force before the first one has to be known.
    private static void Recall(
        StoreReader store, Request request, HistoryRendering rendering, IReadOnlyList<HistoryEntry> entries, CancellationToken cancel)
    {
        if (request.Format is OutputFormat.Table or OutputFormat.Wide && rendering.Unknown(entries) is { Count: > 0 } guests)
        {
            rendering.Remember(guests, store.Ask(new PinsBeforeQuestion(guests, entries.Min(entry => entry.Item.ObservedAt)), cancel));
        }
    }

    // A host of that name comes first; HOST/NAME or a UUID always means a guest.
    private static Guid? Guest(StoreReader store, string? name, CancellationToken cancel)
    {
        if (name is null)
        {
            return null;
        }

        var (hosts, guests) = store.Ask(new HostsQuestion(HostFilter.Named(name)), new GuestNamesQuestion(name), cancel);
        return hosts.Count > 0 || guests.Count == 0 ? null
            : guests.Count == 1 ? guests[0].Id
            : throw new Refusal(
                ExitCode.Usage,
                $"'{name}' means several guests: {string.Join(", ", guests.Select(guest => $"{guest.Host}/{guest.Name} ({guest.Id})"))}",
                "name one of them by HOST/NAME or UUID");
    }

    private static long? Count(string option, string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw new Refusal(ExitCode.Usage, $"{option}: '{text}' is not a number of events");
}
