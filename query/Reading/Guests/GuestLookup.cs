using NumaHistory.Query.Arguments;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Finds the guests somebody names: by UUID, NAME or HOST/NAME.</summary>
internal static class GuestLookup
{
    /// <summary>The guests named, in that order; all of them where none is named.</summary>
    public static IReadOnlyList<GuestState> Select(Fleet fleet, IReadOnlyList<string>? names) =>
        names is not { Count: > 0 } ? [.. fleet.Present()] : [.. names.Select(name => One(fleet, name)).DistinctBy(guest => guest.Guest)];

    public static GuestState One(Fleet fleet, string named)
    {
        var found = fleet.Guests.Values.Where(guest => Is(fleet, guest, named)).ToList();
        var here = found.Where(guest => guest.Host is not null).ToList();
        return (here.Count > 0 ? here : found) switch
        {
            [var one] => one,
            [] => throw new Refusal(
                ExitCode.Unknown,
                $"no guest '{named}' is known at {TimeText.Utc(fleet.AsOf.At)}"
                    + (fleet.KnownAt is { } known ? $" by what was recorded until {TimeText.Utc(known)}" : ""),
                Nearest.Of(named, fleet.Guests.Values.Select(guest => guest.Name)) is { } near ? $"did you mean {near}?" : "numa-history guests"),
            var several => throw new Refusal(
                ExitCode.Usage,
                $"'{named}' means several guests: {string.Join(", ", several.Select(guest => $"{fleet.HostName(guest.Host)}/{guest.Name} ({guest.Guest})"))}",
                "name one of them by HOST/NAME or UUID"),
        };
    }

    private static bool Is(Fleet fleet, GuestState guest, string named) =>
        string.Equals(guest.Guest.ToString(), named, StringComparison.OrdinalIgnoreCase)
        || (guest.As is null && (guest.Name == named
            || (named.Contains('/') && (named == $"{fleet.HostName(guest.Host)}/{guest.Name}" || named == $"{guest.Host}/{guest.Name}"))));
}
