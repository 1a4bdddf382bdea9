using CsCheck;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class CleanedTests
{
    [Theory]
    [InlineData("web-01 (test)", "web-01 (test)")]
    [InlineData("größe 日本語 é", "größe 日本語 é")]
    [InlineData("a\u001b[31mb", "a\\x1b[31mb")]
    [InlineData("a\r\n\tb\0", "a\\r\\n\\tb\\x00")]
    [InlineData("\u007f\u0085\u009b", "\\x7f\\x85\\x9b")]
    [InlineData("\u202eevil\u2066\u200b", "\\u202eevil\\u2066\\u200b")]
    [InlineData("\u2028", "\\u2028")]
    [InlineData("\U000e0041", "\\U000e0041")]
    public void What_could_steer_or_hide_is_shown_as_an_escape(string text, string clean) =>
        Assert.Equal(clean, Cleaned.Text(text));

    [Fact]
    public void A_lone_surrogate_is_shown_by_number() =>
        Assert.Equal("x\\ud800y", Cleaned.Text("x" + (char)0xd800 + "y"));

    [Fact]
    public void Cleaning_twice_is_cleaning_once_and_nothing_steers() => Gen.String.Sample(text =>
        Cleaned.Text(Cleaned.Text(text)) == Cleaned.Text(text) && !Cleaned.Text(text).Any(char.IsControl));
}
