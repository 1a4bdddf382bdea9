using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class StretchTests
{
    [Fact]
    public void Neighbours_that_say_the_same_are_one_line()
    {
        var lines = Stretch.Of(
        [
            Interval(0, 1, Verdict.Fits, null, Situation.Start), Interval(1, 2, Verdict.Fits, null), Interval(2, 3, Verdict.Fits, null),
            Interval(3, 4, Verdict.Broken, "a"), Interval(4, 5, Verdict.Broken, "b"), Interval(5, 6, Verdict.Degraded, "b"),
        ]);

        Assert.Equal(
            [
                (Some.Minute(0), Some.Minute(3), "start, running", null), (Some.Minute(3), Some.Minute(4), "running", "a"),
                (Some.Minute(4), Some.Minute(5), "running", "b"), (Some.Minute(5), Some.Minute(6), "running", "b"),
            ],
            lines.Select(line => (line.From, line.To, line.Situations, line.Text)));
    }

    [Fact]
    public void A_hole_and_another_host_keep_them_apart() =>
        Assert.Equal(3, Stretch.Of([Interval(0, 1, Verdict.Fits, null), Interval(2, 3, Verdict.Fits, null), Interval(3, 4, Verdict.Fits, null) with { Host = "h2" }]).Count);

    private static IntervalItem Interval(int from, int to, Verdict verdict, string? text, Situation situation = Situation.Running) =>
        new(Some.Minute(from), Some.Minute(to), verdict, [], "h1", situation, text, []);
}
