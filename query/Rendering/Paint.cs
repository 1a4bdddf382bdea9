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

    private static string Wrap(string code, string text, Look look) => look.Color ? $"\e[{code}m{text}\e[0m" : text;
}
