using CsCheck;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 9, 30, 15, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01t12:00:00.25z", "2026-05-01T12:00:00.25Z")]
    [InlineData("2026-05-01T12:00:00.123456789Z", "2026-05-01T12:00:00.1234567Z")]
    [InlineData("2026-05-01T12:00:00+02:00", "2026-05-01T10:00:00Z")]
    [InlineData("2026-05-01T00:30-09:30", "2026-05-01T10:00:00Z")]
    [InlineData("2026-05-01T12:00:00-00:00", "2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01T12:00:00+23:59", "2026-04-30T12:01:00Z")]
    [InlineData("2026-05-01 12:00 +0200", "2026-05-01T10:00:00Z")]
    [InlineData("2026-05-01 12:00+02", "2026-05-01T10:00:00Z")]
    [InlineData("2026-05-01T12:00Z", "2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01 12:00", "2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01", "2026-05-01T00:00:00Z")]
    [InlineData(" 2026-05-01 ", "2026-05-01T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("now", "2026-05-10T09:30:15Z")]
    [InlineData("NOW", "2026-05-10T09:30:15Z")]
    [InlineData("today", "2026-05-10T00:00:00Z")]
    [InlineData("today 07:05", "2026-05-10T07:05:00Z")]
    [InlineData("yesterday", "2026-05-09T00:00:00Z")]
    [InlineData("yesterday 14:00", "2026-05-09T14:00:00Z")]
    [InlineData("Yesterday 14:00:01.5", "2026-05-09T14:00:01.5Z")]
    [InlineData("-2h", "2026-05-10T07:30:15Z")]
    [InlineData("2h ago", "2026-05-10T07:30:15Z")]
    [InlineData("2 hours ago", "2026-05-10T07:30:15Z")]
    [InlineData("1 day 12h ago", "2026-05-08T21:30:15Z")]
    [InlineData("-1d12h", "2026-05-08T21:30:15Z")]
    [InlineData("-PT2H", "2026-05-10T07:30:15Z")]
    [InlineData("-P1DT2H", "2026-05-09T07:30:15Z")]
    [InlineData("-P2W", "2026-04-26T09:30:15Z")]
    [InlineData("-1w", "2026-05-03T09:30:15Z")]
    [InlineData("@0", "1970-01-01T00:00:00Z")]
    [InlineData("@1777636800.125", "2026-05-01T12:00:00.125Z")]
    [InlineData("@-1.5", "1969-12-31T23:59:58.5Z")]
    [InlineData("#0", "#0")]
    [InlineData("#1234", "#1234")]
    [InlineData("boot", "boot")]
    [InlineData("First", "first")]
    [InlineData("last", "last")]
    public void Every_form_of_TIME_is_understood(string text, string canonical) =>
        Assert.Equal(canonical, Moment.TryParse(text, Now, TimeZoneInfo.Utc)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("now 12:00")]
    [InlineData("2h")]
    [InlineData("-2")]
    [InlineData("--2h")]
    [InlineData("+2h")]
    [InlineData("ago")]
    [InlineData("-P1M")]
    [InlineData("-P")]
    [InlineData("-PT")]
    [InlineData("-P1DT")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("2026-5-1")]
    [InlineData("2026-05-01T")]
    [InlineData("2026-05-01T24:00Z")]
    [InlineData("2026-05-01T12:60Z")]
    [InlineData("2026-05-01T12:00:60Z")]
    [InlineData("2026-05-01T12:00:00.Z")]
    [InlineData("2026-05-01T12:00+2")]
    [InlineData("2026-05-01T12:00+24:00")]
    [InlineData("2026-05-01T12:00Zz")]
    [InlineData("2026-05-01x12:00")]
    [InlineData("0001-01-01T00:00+02:00")]
    [InlineData("0000-01-01")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("-9999999d")]
    [InlineData("-999999999999999w")]
    [InlineData("@")]
    [InlineData("@1e5")]
    [InlineData("@99999999999999999999999999999999")]
    [InlineData("@253402300800")]
    [InlineData("#")]
    [InlineData("#-1")]
    [InlineData("#99999999999999999999")]
    public void What_is_no_moment_is_refused(string text) => Assert.Null(Moment.TryParse(text, Now, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-01-15", "2026-01-14T23:00:00Z")]
    [InlineData("2026-07-15 12:00", "2026-07-15T10:00:00Z")]
    [InlineData("2026-07-15T12:00Z", "2026-07-15T12:00:00Z")]
    [InlineData("today", "2026-05-09T22:00:00Z")]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    public void Times_without_an_offset_are_local_to_the_zone(string text, string canonical) =>
        Assert.Equal(canonical, Moment.TryParse(text, Now, CentralEurope())?.ToString());

    [Fact]
    public void A_refusal_names_the_option_and_shows_examples()
    {
        var refusal = Assert.Throws<Refusal>(() => Moment.Parse("--at", "noonish", Now, TimeZoneInfo.Utc));

        Assert.Equal(
            "--at: 'noonish' is not a moment; write it like 2026-05-01T12:00Z, -2h or yesterday 14:00",
            refusal.Message);
        Assert.Equal(ExitCode.Usage, refusal.Code);
    }

    [Fact]
    public void Printing_and_parsing_gives_the_same_moment() => Moments().Sample(moment =>
        Assert.Equal(moment, Moment.TryParse(moment.ToString() ?? "", Now, CentralEurope())));

    [Fact]
    public void Any_text_gets_an_answer() =>
        Texts().Sample(text => Moment.TryParse(text, Now, CentralEurope()) is not { } moment
            || moment == Moment.TryParse(moment.ToString() ?? "", Now, CentralEurope()));

    private static Gen<string> Texts() =>
        Gen.Char["0123456789-+:.,TZPWDHMS@# dhmswago\u00e9"].Array[0, 24].Select(chars => new string(chars));

    private static Gen<Moment> Moments() => Gen.OneOf<Moment>(
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => (Moment)new Moment.Instant(new(ticks, TimeSpan.Zero))),
        Gen.Long[0, long.MaxValue].Select(number => (Moment)new Moment.Position(number)),
        Gen.Enum<MomentAnchor>().Select(kind => (Moment)new Moment.Anchor(kind)));

    /// <summary>
    /// Central Europe's rules, made here so that the test does not depend on the machine's zone files.
    /// </summary>
    private static TimeZoneInfo CentralEurope()
    {
        var spring = LastSunday(3, 2);
        var autumn = LastSunday(10, 3);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("CET", TimeSpan.FromHours(1), "CET", "CET", "CEST", [rule]);
    }

    private static TimeZoneInfo.TransitionTime LastSunday(int month, int hour) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(
            new DateTime(1, 1, 1, hour, 0, 0), month, 5, DayOfWeek.Sunday);
}
