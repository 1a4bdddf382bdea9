using NumaHistory.Query.Rendering;

namespace NumaHistory.Tests.Query.Rendering;

/// <summary>Ways to look at a value, and what is seen.</summary>
internal static class Looks
{
    public static readonly Look Plain = new(Support.Some.Noon, TimeZoneInfo.Utc);

    public static string Seen<T>(IRendering<T> rendering, IReadOnlyList<T> items, Look look)
    {
        using var text = new StringWriter();
        rendering.Write(text, items, look);
        return text.ToString();
    }

    public static string Seen(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        return text.ToString();
    }
}
