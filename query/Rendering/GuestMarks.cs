using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Guests of a cell by name, those that span, float or have drifted or are planned marked with the word.</summary>
internal static class GuestMarks
{
    private const int MostNames = 6;

    /// <summary>The guests of a cell in a line, those that float last; many are cut short.</summary>
    public static string Line(IReadOnlyList<PlacedGuestItem> guests)
    {
        var named = guests.OrderBy(guest => guest.Floating).Take(MostNames).Select(Marked).ToList();
        return string.Join(", ", named) + (guests.Count > named.Count ? $" and {guests.Count - named.Count} more" : "");
    }

    /// <summary>A name with its marks: <c>web02 (spanning, drifted)</c>.</summary>
    public static string Marked(PlacedGuestItem guest)
    {
        string?[] marks = [guest.Spanning ? "spanning" : null, guest.Floating ? "floating" : null, guest.Drifted ? "drifted" : null, guest.Planned ? "planned" : null];
        var words = string.Join(", ", marks.OfType<string>());
        return Cleaned.Text(guest.Guest) + (words.Length > 0 ? $" ({words})" : "");
    }
}
