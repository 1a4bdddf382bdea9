using System.Globalization;

namespace NumaHistory.Query.Rendering;

/// <summary>A part of some time, in percent.</summary>
internal static class Share
{
    /// <summary>Less than all is never shown as all, nor more than nothing as nothing; null stays not known.</summary>
    public static string? Of(double? share) => share switch
    {
        null => null,
        > 0.99 and < 1 => ">99%",
        > 0 and < 0.01 => "<1%",
        { } part => part.ToString("0%", CultureInfo.InvariantCulture),
    };
}
