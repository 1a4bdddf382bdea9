using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>fit --matrix: every guest on every host; or, as if a host died, its guests on all others.</summary>
internal static class FitMatrix
{
    public static ExitCode Answer(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        verbs.Around.BeforeMuchThatStays();
        var fleet = Fleet.Read(store, request, withMemory: true, request.Parse.GetValue(options.Host) ?? request.Parse.GetValue(options.WithoutHost), cancel);
        var dead = request.Parse.GetValue(options.WithoutHost) is { } named ? fleet.HostKey(options.WithoutHost.Name, named) : null;
        var target = request.Parse.GetValue(options.Host) is { } host ? fleet.HostKey(options.Host.Name, host) : null;
        var guests = GuestLookup.Select(fleet, request.Parse.GetValue(options.Guests)).Where(guest => dead is null || guest.Host == dead).ToList();
        List<string> hosts =
        [
            .. fleet.Hosts.Select(row => row.Key).Where(key => key != dead && (target is null || key == target)).OrderBy(fleet.HostName, StringComparer.Ordinal),
        ];
        var state = fleet.State(store, guests, cancel) with { Edits = options.Edits.Of(request, fleet.Topologies(hosts)), Limits = options.Ratios.Of(request) };
        List<MatrixItem> items =
        [
            .. FleetMatrix.Of(state, guests, hosts, fleet.AsOf.At).Select(row => Item(fleet, row)),
        ];
        Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(request, fleet.Guests.Count, [], []));
        Printer.Print(
            verbs.Around.Out,
            request,
            new Answer<MatrixItem>("FitMatrix", fleet.AsOf.At, items, () => ReadModelJson.Default.MatrixItem),
            new MatrixRendering());
        return items.TrueForAll(item => item.Fits.Count > 0) ? ExitCode.Yes : ExitCode.No;
    }

    private static MatrixItem Item(Fleet fleet, MatrixRow row) => new(
        row.Guest.Name,
        row.Guest.Guest,
        fleet.HostName(row.Guest.Host),
        [.. row.Hosts.Where(cell => cell.Verdict == Schema.Fit.Verdict.Fits).Select(cell => fleet.HostName(cell.Host)!)],
        [.. row.Hosts.Select(cell => new MatrixVerdictItem(fleet.HostName(cell.Host)!, cell.Situation, cell.Verdict, cell.Codes))],
        row.Nearest);
}
