using NumaHistory.Query.Rendering;

namespace NumaHistory.Tests.Query.Rendering;

/// <summary>Reasons in a cell of a table are short; whoever needs all asks for JSON.</summary>
public sealed class ReasonTests
{
    private static readonly string Long = string.Join("; ", Enumerable.Range(0, 60).Select(cell => $"2 MiB are bound to cell {cell}, but nothing tells how much memory there is"));

    [Fact]
    public void Long_reasons_end_with_a_whole_one()
    {
        Assert.Equal($"{string.Join("; ", Long.Split("; ").Take(2))} ...", Show.Reason(Long));
        Assert.Equal("short; enough", Show.Reason("short; enough"));
        Assert.Equal("", Show.Reason(null));
    }

    [Fact]
    public void One_that_is_too_long_by_itself_ends_with_a_whole_word()
    {
        var shown = Show.Reason($"first; {string.Join(' ', Enumerable.Repeat("cell", 100))}");

        Assert.InRange(shown.Length, 150, 170);
        Assert.EndsWith("cell ...", shown, StringComparison.Ordinal);
    }
}
