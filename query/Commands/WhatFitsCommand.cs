using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>How large guests may still be: the common shapes on a host, or on each host of the fleet what is free and how scattered it is.</summary>
internal static class WhatFitsCommand
{
    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var command = new Command("what-fits", "the largest guests that fit on a host; without one, the room on each and how scattered it is") { host };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var fleet = Fleet.Around(store, request, request.Parse.GetValue(host), cancel);
            var state = fleet.State(new Dictionary<Circumstances, HostTopology>());
            var room = new RoomLeft(state, new FleetCheck(state), PlaceOptions.DefaultLimits, fleet.AsOf.At);
            if (request.Parse.GetValue(host) is { } named)
            {
                var key = fleet.HostKey(host.Name, named);
                Print(verbs, request, new Answer<WhatFitsItem>(
                    "WhatFits",
                    fleet.AsOf.At,
                    [.. GuestShape.Common.Select(shape => Item(fleet.HostName(key)!, room.Largest(key, shape)))],
                    () => ReadModelJson.Default.WhatFitsItem), new WhatFitsRendering());
                return ExitCode.Yes;
            }

            Remarks.Write(verbs.Around.Err, request, Remarks.OnHosts(fleet.States.Count));
            Print(verbs, request, new Answer<RoomItem>(
                "Rooms",
                fleet.AsOf.At,
                [
                    .. fleet.States.Keys.Select(key => Item(fleet.HostName(key)!, room.FreeCpus(key), room.Largest(key, GuestShape.OneCell), cancel))
                        .OrderBy(item => item.Host, StringComparer.Ordinal),
                ],
                () => ReadModelJson.Default.RoomItem), new RoomRendering());
            return ExitCode.Yes;
        });
    }

    private static void Print<T>(Verbs verbs, Request request, Answer<T> answer, IRendering<T> rendering) =>
        Printer.Print(verbs.Around.Out, request, answer, rendering);

    private static WhatFitsItem Item(string host, LargestGuest guest) => new(
        host, guest.Shape.Name, guest.Shape.Cells, guest.Shape.Cpu, guest.Shape.Smt, guest.Shape.PageSizeKiB, guest.Vcpus, guest.MemoryKiB,
        guest.MostMemoryKiB, guest.HostCells, guest.Reason);

    private static RoomItem Item(string host, int? free, LargestGuest guest, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new RoomItem(
            host, free, guest.Vcpus, guest.MemoryKiB, guest.MostMemoryKiB, free is > 0 and var all && guest.Vcpus is { } used ? Math.Round(1 - ((double)used / all), 3) : null, guest.Reason);
    }
}
