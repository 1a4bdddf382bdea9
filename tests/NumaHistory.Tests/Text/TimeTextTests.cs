using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_instant_prints_in_UTC_with_milliseconds_only_where_there_are_any()
    {
        Assert.Equal("2026-05-01T12:00:00Z", TimeText.Utc(Noon));
        Assert.Equal("2026-05-01T12:00:00.125Z", TimeText.Utc(Noon.AddMilliseconds(125)));
        Assert.Equal("2026-05-01T12:00:00Z", TimeText.Utc(Noon.ToOffset(TimeSpan.FromHours(2))));
    }

    [Fact]
    public void In_a_zone_it_prints_with_its_offset()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromMinutes(330), "east", "east");

        Assert.Equal("2026-05-01T17:30:00+05:30", TimeText.In(Noon, zone));
        Assert.Equal("2026-05-01T12:00:00Z", TimeText.In(Noon, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(12, "12s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3599, "59m")]
    [InlineData(7200, "2h")]
    [InlineData(4 * 86400, "4d")]
    [InlineData(400 * 86400, "400d")]
    public void An_age_is_in_its_largest_whole_unit(int seconds, string text) =>
        Assert.Equal(text, TimeText.Age(TimeSpan.FromSeconds(seconds)));
}
