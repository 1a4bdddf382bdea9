namespace NumaHistory.Schema.Text;

/// <summary>Whether output is coloured. The option wins over the environment.</summary>
public static class Color
{
    /// <summary>
    /// The decision. noColor and term are the values of NO_COLOR and TERM, null where unset; an empty NO_COLOR counts
    /// as unset (no-color.org).
    /// </summary>
    public static bool IsOn(ColorChoice choice, bool isTerminal, string? noColor, string? term) => choice switch
    {
        ColorChoice.Always => true,
        ColorChoice.Never => false,
        _ => isTerminal && string.IsNullOrEmpty(noColor) && term is not (null or "" or "dumb"),
    };
}
