using System.CommandLine;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The guests that are known at a moment, and where they are.</summary>
internal static class GuestsCommand
{
    public static Command Create(Verbs verbs) => verbs.Online(
        new Command("guests", "the guests known at a moment, where they are and since when"),
        (request, store, cancel) =>
        {
            var fleet = Fleet.Read(store, request, withMemory: false, null, cancel);
            List<GuestItem> items = [.. fleet.Guests.Values.Where(guest => guest.As is null).OrderBy(guest => guest.Name, StringComparer.Ordinal).ThenBy(guest => guest.Guest).Select(guest => GuestItems.Of(fleet, guest))];
            Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(request, items.Count, [], []));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<GuestItem>("Guests", fleet.AsOf.At, items, () => ReadModelJson.Default.GuestItem),
                new GuestRendering());
            return ExitCode.Yes;
        });
}
