using CsCheck;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class DurationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("10s", "10s")]
    [InlineData("1h30m", "1h30m")]
    [InlineData("90m", "1h30m")]
    [InlineData("1.5h", "1h30m")]
    [InlineData("PT10S", "10s")]
    [InlineData("pt1h30m", "1h30m")]
    [InlineData("P1W", "7d")]
    [InlineData("P1DT0.5S", "1d0.5s")]
    [InlineData("PT1,5H", "1h30m")]
    [InlineData("250ms", "0.25s")]
    [InlineData("1 hour 2 min", "1h2m")]
    [InlineData("2 weeks", "14d")]
    [InlineData("0s", "0s")]
    public void A_duration_is_understood(string text, string canonical) =>
        Assert.Equal(canonical, Duration.TryParse(text) is { } span ? Duration.Print(span) : null);

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-10s")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1M")]
    [InlineData("1 month")]
    [InlineData("P1Y")]
    [InlineData("PT1D")]
    [InlineData("P1H")]
    [InlineData("PT10")]
    [InlineData("1.s")]
    [InlineData(".5s")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("999999999999999w")]
    [InlineData("9999999999999999999999999999s")]
    public void What_is_no_duration_is_refused(string text) => Assert.Null(Duration.TryParse(text));

    [Theory]
    [InlineData("10", "--every: '10' is not a duration; write it like 10s, 1h30m or PT10S")]
    [InlineData("500ms", "--every: 0.5s is not between 1s and 1h")]
    [InlineData("2h", "--every: 2h is not between 1s and 1h")]
    public void A_refusal_says_what_would_do(string text, string message)
    {
        var refusal = Assert.Throws<Refusal>(() => Duration.Parse("--every", text, Second, Hour));

        Assert.Equal((ExitCode.Usage, message), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void The_bounds_themselves_are_allowed() =>
        Assert.All((TimeSpan[])[Second, Hour], span =>
            Assert.Equal(span, Duration.Parse("--every", Duration.Print(span), Second, Hour)));

    [Fact]
    public void Printing_and_parsing_gives_the_same_duration() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks].Select(TimeSpan.FromTicks)
            .Sample(span => Assert.Equal(span, Duration.TryParse(Duration.Print(span))));
}
