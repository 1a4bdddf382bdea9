using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Text;

public sealed class SparklineTests
{
    private static readonly double?[] Rise = [0, 1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public void Bars_follow_the_values()
    {
        double?[] gaps = [8, 7, null, double.NaN, 1, 0];
        (string Name, string Bars)[] pictures =
        [
            ("rise", Sparkline.Of(Rise)),
            ("ascii", Sparkline.Of(Rise, ascii: true)),
            ("scale", Sparkline.Of(Rise, 0, 28)),
            ("beyond", Sparkline.Of([-100, 5, 1000], 0, 10)),
            ("gaps", Sparkline.Of(gaps)),
            ("gapsAscii", Sparkline.Of(gaps, ascii: true)),
            ("flat", Sparkline.Of([5, 5, 5])),
            ("flatScaled", Sparkline.Of([5, 5, 5], 0, 100)),
            ("nothing", Sparkline.Of([])),
            ("unknown", Sparkline.Of([null, null])),
        ];

        Snapshot.Matches(string.Concat(pictures.Select(picture => $"{picture.Name} |{picture.Bars}|\n")));
    }

    [Fact]
    public void There_is_one_character_for_each_value() => Assert.Equal(Rise.Length, Sparkline.Of(Rise, 3, 3).Length);
}
