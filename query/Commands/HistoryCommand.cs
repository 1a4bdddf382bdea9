using System.CommandLine;
using System.Globalization;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The audit log: what was recorded, one event a line, in order of observed time.</summary>
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
        var command = new Command(
            "history", "the events of a host or guest, or of all: position, when, who, why") { host, since, until, kind, limit };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var name = request.Parse.GetValue(host);
            var kinds = Kinds.Parse(kind.Name, request.Parse.GetValue(kind));
            var most = Count(limit.Name, request.Parse.GetValue(limit));
            var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
            var filter = new EventFilter(
                MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel),
                MomentLookup.Resolve(store, until.Name, request.Time(until), name, cancel) ?? when.At,
                when.KnownAt,
                kinds,
                request.Verbose || (kinds?.Contains(Blocks) ?? false),
                most);
            Answer(verbs, request, store, name, filter, cancel);
            return ExitCode.Yes;
        });
    }

    private static void Answer(
        Verbs verbs, Request request, StoreReader store, string? name, EventFilter filter, CancellationToken cancel)
    {
        var (hosts, rows) = Guest(store, name, cancel) is { } guest
            ? store.Ask(new HostsQuestion(null), new EventsQuestion(null, filter, guest), cancel)
            : HostLookup.Ask(
                store,
                name,
                word => store.Ask(new HostsQuestion(word), new EventsQuestion(word, filter), cancel),
                answer => answer.First,
                cancel);
        if (request.At is not null && filter.Until is { } at && hosts.Count > 0 && at < hosts.Min(row => row.FirstSeen))
        {
            throw BeforeFirst.Refusal(hosts, at);
        }

        List<HistoryEntry> entries = [.. rows.Select(HistoryEntries.Of)];
        Remarks.Write(verbs.Around.Err, request, Remarks.OnHosts(hosts.Count));
        Printer.Print(
            verbs.Around.Out,
            request,
            new Answer<HistoryItem>(
                "History",
                filter.Until ?? request.Now,
                [.. entries.Select(entry => entry.Item)],
                () => ReadModelJson.Default.HistoryItem),
            new HistoryRendering(entries, key => hosts.FirstOrDefault(row => row.Key == key)?.Name ?? key));
    }

    // A host of that name comes first; HOST/NAME or a UUID always means a guest.
    private static Guid? Guest(StoreReader store, string? name, CancellationToken cancel)
    {
        if (name is null)
        {
            return null;
        }

        var (hosts, guests) = store.Ask(new HostsQuestion(name), new GuestNamesQuestion(name), cancel);
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
