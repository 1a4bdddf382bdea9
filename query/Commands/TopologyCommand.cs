using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>The topology in force at a moment, as a table, a picture, JSON or libvirt's XML.</summary>
internal static class TopologyCommand
{
    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var draw =
            new Option<bool>("--draw") { Description = "a picture: sockets, cells, cores, memory, devices, distances" };
        var command = new Command(
            "topology", "the topology of a host in force at a moment; -o xml gives libvirt's") { host, draw };
        return verbs.Online(command, (request, store, cancel) =>
        {
            if (request.Parse.GetValue(draw) && request.Format is not (OutputFormat.Table or OutputFormat.Wide))
            {
                throw new Refusal(ExitCode.Usage, "--draw is a picture and has no -o format", "leave one of them out");
            }

            var drawn = request.Parse.GetValue(draw);
            var (item, at, guests) = Find(store, request, request.Parse.GetValue(host), drawn, cancel);
            if (drawn)
            {
                verbs.Around.Out.WriteText(text => TopologyPicture.Write(text, item, guests, request.Look));
            }
            else
            {
                Print(verbs.Around.Out, request, item, at);
            }

            return ExitCode.Yes;
        });
    }

    private static (TopologyItem Item, DateTimeOffset At, ILookup<int, PlacedGuestItem> Guests) Find(
        StoreReader store, Request request, string? name, bool drawn, CancellationToken cancel)
    {
        var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
        var found = HostLookup.Ask(
            store,
            name,
            word => store.Ask(new HostsQuestion(HostFilter.Named(word)), new FactsQuestion(HostFilter.Named(word), when), cancel),
            answer => answer.First,
            cancel);
        var row = HostLookup.One(found.First, "topology");
        var at = when.At ?? request.Now;
        var state = HostStates.Fold(found.Second).GetValueOrDefault(row.Key) ?? throw BeforeFirst.Refusal([row], at);
        var until = when.At is { } past && state.InForce is { } source
            ? store.Ask(new NextChangeQuestion(row.Key, source.Name, past, when.KnownAt), cancel)
            : null;
        var item = TopologyItems.Of(state, until) ?? throw NoTopology(row, state);
        return (item, at, Placed(drawn ? store.Ask(new GuestFactsQuestion(HostFilter.Named(row.Key), when), cancel) : [], row.Key, state, at));
    }

    private static ILookup<int, PlacedGuestItem> Placed(IReadOnlyList<RecordedGuestFact> facts, string host, HostState state, DateTimeOffset at)
    {
        var fleet = new FleetState(new Dictionary<string, HostState> { [host] = state }, GuestStates.Fold(facts));
        return HostedGuests.Of(fleet, host, at)
            .SelectMany(guest => guest.Cells.Members(), (guest, cell) => (cell, Item: CellItems.Placed(guest, cell)))
            .ToLookup(one => one.cell, one => one.Item);
    }

    private static Refusal NoTopology(HostRow row, HostState state) => new(
        ExitCode.Unknown,
        $"no topology of {row.Name} was recorded by then"
            + (state.Sources.Count > 0 ? $" (sources: {string.Join(", ", state.Sources.Keys)})" : ""),
        $"numa-history history {row.Name}");

    private static void Print(Stream output, Request request, TopologyItem item, DateTimeOffset at)
    {
        if (request.Format == OutputFormat.Xml)
        {
            output.WriteText(text => TopologyPrinter.Write(
                text, HostTopology.Of(new CpuMasks(), item.Cells, item.CpuInfo)));
        }
        else
        {
            var answer = new Answer<TopologyItem>("Topology", at, [item], () => ReadModelJson.Default.TopologyItem);
            Printer.Print(output, request, answer, new TopologyRendering());
        }
    }
}
