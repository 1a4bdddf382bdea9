using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>The cells of a host, or of all, with their memory: the facts of numactl -H, as of any moment.</summary>
internal static class CellsCommand
{
    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var cells = GlobalOptions.Text("--cells", "LIST", "only these cells: 0-3,8");
        var command = new Command(
            "cells", "the cells of a host: CPUs, memory, distances, and how memory went lately") { host, cells };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var wanted = CellList.Parse(cells.Name, request.Parse.GetValue(cells));
            var name = request.Parse.GetValue(host);
            var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
            var asOf = new AsOf(when.At ?? request.Now, request.At is not null);
            var found = HostLookup.Ask(
                store,
                name,
                word => Ask(store, word, when, asOf, request.Format, cancel),
                answer => answer.Hosts,
                cancel);
            var items = Items(found, wanted, asOf);
            Notes(verbs.Around.Err, request, name, wanted, found, items);
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<CellItem>("Cells", asOf.At, items, () => ReadModelJson.Default.CellItem),
                new CellRendering(asOf.At, Named(found.Trends, found.Hosts, found.States)));
            return ExitCode.Yes;
        });
    }

    private static CellsFound Ask(
        StoreReader store, string? host, When when, AsOf asOf, OutputFormat format, CancellationToken cancel)
    {
        var hosts = new HostsQuestion(HostFilter.Named(host));
        var facts = new FactsQuestion(HostFilter.Named(host), when);
        var guests = new GuestFactsQuestion(HostFilter.Named(host), when);
        var drawn = format is OutputFormat.Table or OutputFormat.Wide;
        var past = when != When.Now;
        var window = drawn || past ? CellTrends.Longest : TimeSpan.Zero;
        var lately = new BlocksQuestion(host, asOf.At - window, asOf.At, when.KnownAt);
        if (!past)
        {
            var (rows, known, on, gauge, recent) = store.Ask(hosts, facts, guests, new GaugeQuestion(HostFilter.Named(host)), lately, cancel);
            return new CellsFound(rows, HostStates.Fold(known), GuestStates.Fold(on), gauge, Trends(recent));
        }

        var (row, seen, then, last, blocks) =
            store.Ask(hosts, facts, guests, new LastBlockQuestion(host, asOf.At, when.KnownAt), lately, cancel);
        var samples = CellSamples.At(last.Concat(blocks), asOf.At, when.KnownAt);
        return new CellsFound(row, HostStates.Fold(seen), GuestStates.Fold(then), samples, Trends(blocks));

        CellTrends Trends(IReadOnlyList<BlockRow> from) => drawn ? CellTrends.Of(from, asOf.At) : CellTrends.None;
    }

    private static List<CellItem> Items(CellsFound found, CpuSet? wanted, AsOf asOf)
    {
        var fleet = new FleetState(found.States, found.Guests);
        var items = found.Hosts
            .Where(host => found.States.ContainsKey(host.Key))
            .SelectMany(host => CellItems.Of(host, found.States[host.Key], found.Samples, HostedGuests.Of(fleet, host.Key, asOf.At), wanted, asOf))
            .ToList();
        return items.Count > 0 || found.Hosts.Count == 0 || found.States.Count > 0
            ? items
            : throw BeforeFirst.Refusal(found.Hosts, asOf.At);
    }

    private static void Notes(
        TextWriter err, Request request, string? host, CpuSet? wanted, CellsFound found, IReadOnlyList<CellItem> items)
    {
        if (found.Hosts.Count > 0
            && wanted?.Except(CpuSet.Of(items.Select(item => item.Id))) is { IsEmpty: false } missing)
        {
            throw new Refusal(
                ExitCode.Unknown, $"--cells: there is no cell {missing}", $"numa-history cells {host}".TrimEnd());
        }

        Remarks.Write(err, request, Remarks.OnCells(found.Hosts.Count, items));
    }

    private static CellTrends Named(
        CellTrends trends, IReadOnlyList<HostRow> hosts, IReadOnlyDictionary<string, HostState> states)
    {
        var names = hosts.ToDictionary(host => host.Key, host => states.GetValueOrDefault(host.Key)?.Name ?? host.Name);
        return trends with
        {
            Shares = trends.Shares
                .Where(pair => names.ContainsKey(pair.Key.HostKey))
                .GroupBy(pair => (names[pair.Key.HostKey], pair.Key.Cell))
                .ToDictionary(pair => pair.Key, pair => pair.First().Value),
        };
    }

    private sealed record CellsFound(
        IReadOnlyList<HostRow> Hosts,
        IReadOnlyDictionary<string, HostState> States,
        IReadOnlyDictionary<Guid, GuestState> Guests,
        IReadOnlyList<CellSample> Samples,
        CellTrends Trends);
}
