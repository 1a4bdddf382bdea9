using System.CommandLine;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The hosts that are known at a moment.</summary>
internal static class HostsCommand
{
    public static Command Create(Verbs verbs) =>
        verbs.Online(new Command("hosts", "the hosts that are recorded, and since when"), (request, store, cancel) =>
        {
            var when = MomentLookup.When(store, request.At, request.KnownAt, null, cancel);
            var items = when == When.Now ? Now(store, cancel) : Past(store, when, cancel);
            Remarks.Write(verbs.Around.Err, request, Remarks.OnHosts(items.Count));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<HostItem>("Hosts", when.At ?? request.Now, items, () => ReadModelJson.Default.HostItem),
                new HostRendering());
            return ExitCode.Yes;
        });

    private static IReadOnlyList<HostItem> Now(StoreReader store, CancellationToken cancel) =>
        [.. (store.Ask(new HostsQuestion(HostFilter.All), cancel)).Select(HostItems.Of)];

    private static IReadOnlyList<HostItem> Past(StoreReader store, When when, CancellationToken cancel)
    {
        var (hosts, facts, seen) =
            store.Ask(new HostsQuestion(HostFilter.All), new FactsQuestion(HostFilter.All, when), new SeenQuestion(when), cancel);
        var states = HostStates.Fold(facts);
        return hosts.Count > 0 && states.Count == 0 && when.At is { } at
            ? throw BeforeFirst.Refusal(hosts, at)
            :
            [
                .. hosts.Where(host => states.ContainsKey(host.Key))
                    .Select(host => HostItems.Of(host, states[host.Key], seen)),
            ];
    }
}
