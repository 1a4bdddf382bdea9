using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
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
            var (named, on) = (request.Parse.GetValue(guest), request.Parse.GetValue(host));
            var (at, known, items) = Now(store, request, named, on, cancel) ?? Folded(store, request, named, on, host.Name, cancel);
            Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(request, known, [], []));
            Printer.Print(
                verbs.Around.Out, request, new Answer<PinsItem>("Pins", at, items, null) { WriteItem = (writer, item) => item.Write(writer) }, new PinsRendering());
            return ExitCode.Yes;
        });
    }

    // What is in force now is a table. Null: the moment is past, or a name means none or several, which takes all that is known to say.
    private static (DateTimeOffset At, int Known, IReadOnlyList<PinsItem> Items)? Now(
        StoreReader store, Request request, string? guest, string? host, CancellationToken cancel)
    {
        if (request.At is not null || request.KnownAt is not null)
        {
            return null;
        }

        var guests = guest is null ? [] : store.Ask(new GuestNamesQuestion(guest), cancel);
        var hosts = host is null ? [] : store.Ask(new HostsQuestion(HostFilter.Named(host)), cancel);
        if ((guest is not null && guests.Count != 1) || (host is not null && hosts.Count != 1))
        {
            return null;
        }

        var items = store.Ask(new PinsQuestion(guest is null ? null : guests[0].Id, host is null ? null : hosts[0].Key), cancel);
        return items.Count > 0 ? (request.Now, items.Count, items) : null;
    }

    private static (DateTimeOffset At, int Known, IReadOnlyList<PinsItem> Items) Folded(
        StoreReader store, Request request, string? guest, string? host, string option, CancellationToken cancel)
    {
        var fleet = Fleet.Read(store, request, withMemory: false, host, cancel);
        var only = host is null ? null : fleet.HostKey(option, host);
        PinsItem[] items =
        [
            .. GuestLookup.Select(fleet, guest is null ? null : [guest])
                .Where(one => only is null || one.Places.Contains(only))
                .SelectMany(one => GuestItems.Pins(fleet, one))
                .Where(pins => only is null || pins.Host == fleet.HostName(only)),
        ];
        return (fleet.AsOf.At, fleet.Guests.Count, items);
    }
}
