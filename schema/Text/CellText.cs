using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>
/// One value as text, the same in tables and CSV: invariant numbers, UTC times, yes and no; null stays null.
/// </summary>
internal static class CellText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "yes" : "no",
        DateTimeOffset at => TimeText.Utc(at),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static bool IsNumber(object? value) =>
        value is int or long or short or byte or uint or ulong or ushort or sbyte or double or float or decimal;
}
