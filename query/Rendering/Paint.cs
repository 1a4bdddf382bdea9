using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Rendering;

/// <summary>Colours of a terminal, only where they are wanted. They never carry meaning alone.</summary>
internal static class Paint
{
    public static string Bold(string text, Look look) => Wrap("1", text, look);

    public static string Dim(string text, Look look) => Wrap("2", text, look);

    public static string Red(string text, Look look) => Wrap("31", text, look);

    public static string Green(string text, Look look) => Wrap("32", text, look);

    public static string Yellow(string text, Look look) => Wrap("33", text, look);

    public static string Cyan(string text, Look look) => Wrap("36", text, look);

    /// <summary>A line about a verdict, in its colour.</summary>
    public static string Verdict(Verdict verdict, string line, Look look) => verdict switch
    {
        Schema.Fit.Verdict.Broken => Red(line, look),
        Schema.Fit.Verdict.Degraded => Yellow(line, look),
        Schema.Fit.Verdict.Unknown => Cyan(line, look),
        Schema.Fit.Verdict.Fits => Green(line, look),
        _ => Dim(line, look),
    };

    private static string Wrap(string code, string text, Look look) => look.Color ? $"\e[{code}m{text}\e[0m" : text;
}
