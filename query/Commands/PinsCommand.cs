using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The pins in force at a moment: which CPUs, in which layer, since when and decided by whom.</summary>
internal static class PinsCommand
{
    public static Command Create(Verbs verbs)
    {
        var guest = new Argument<string?>("guest") { Description = "a UUID, NAME or HOST/NAME", Arity = ArgumentArity.ZeroOrOne };
        var host = GlobalOptions.Text("--host", "HOST", "only guests on this host");
        var command = new Command("pins", "the pins in force at a moment, who decided them and since when") { guest, host };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var fleet = Fleet.Read(store, request, withMemory: false, cancel);
            var named = request.Parse.GetValue(guest);
            var only = request.Parse.GetValue(host) is { } text ? fleet.HostKey(host.Name, text) : null;
            List<PinsItem> items =
            [
                .. GuestLookup.Select(fleet, named is null ? null : [named])
                    .Where(one => only is null || one.Host == only)
                    .SelectMany(one => GuestItems.Pins(fleet, one)),
            ];
            Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(fleet.Guests.Count, [], []));
            Printer.Print(
                verbs.Around.Out, request, new Answer<PinsItem>("Pins", fleet.AsOf.At, items, null) { WriteItem = (writer, item) => item.Write(writer) }, new PinsRendering());
            return ExitCode.Yes;
        });
    }
}
