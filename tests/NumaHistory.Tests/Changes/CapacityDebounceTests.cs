using CsCheck;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

public sealed class CapacityDebounceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Gen<(int Memory, int Second)[]> Looks = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 40])
        .Array[1, 30]
        .Select(looks => looks
            .Select((look, i) => (look.Item1, looks.Take(i + 1).Sum(other => other.Item2)))
            .ToArray());

    [Fact]
    public void The_first_capacity_is_told_at_once() => Assert.Equal(["1@0"], Told((1, 0)));

    [Fact]
    public void A_change_is_told_when_two_looks_agree_as_of_the_first_of_them() =>
        Assert.Equal(["1@0", "2@10"], Told((1, 0), (2, 10), (2, 20), (2, 30)));

    [Fact]
    public void A_change_that_goes_back_at_once_is_not_told() =>
        Assert.Equal(["1@0"], Told((1, 0), (2, 10), (1, 20), (1, 30)));

    [Fact]
    public void A_capacity_that_keeps_moving_is_told_once_a_minute_as_it_is_then() =>
        Assert.Equal(["0@0", "7@70"], Told([.. Enumerable.Range(0, 12).Select(i => (i, i * 10))]));

    [Fact]
    public void One_that_flaps_is_told_too() =>
        Assert.Equal(["1@0", "2@70"], Told((1, 0), (2, 10), (1, 20), (2, 30), (1, 40), (2, 50), (1, 60), (2, 70)));

    [Fact]
    public void What_was_told_before_a_restart_is_not_told_again()
    {
        var capacity = Capacity(5);
        var debounce = new CapacityDebounce(Limit, Fingerprint.Of(capacity));

        Assert.Null(debounce.After(capacity, Fingerprint.Of(capacity), Some.Noon).Settled);
    }

    [Fact]
    public void Nothing_is_lost_repeated_or_made_up() =>
        Looks.Sample(
            looks =>
            {
                var told = Run(looks, flush: true);

                Assert.Equal(looks[^1].Memory, told[^1].Memory);
                Assert.All(told, one => Assert.Contains(one, looks));
                Assert.All(told.Zip(told.Skip(1)), pair => Assert.NotEqual(pair.First.Memory, pair.Second.Memory));
                Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.Second < pair.Second.Second));
            },
            iter: 2000);

    [Fact]
    public void What_was_told_is_never_wrong_for_longer_than_the_limit() =>
        Looks.Sample(
            looks =>
            {
                for (var count = 1; count <= looks.Length; count++)
                {
                    var until = looks[..count];
                    var told = Run(until, flush: false)[^1].Memory;
                    var wrong = until.Reverse().TakeWhile(look => look.Memory != told).ToList();

                    Assert.True(wrong.Count == 0 || wrong[0].Second - wrong[^1].Second < Limit.TotalSeconds);
                }
            },
            iter: 300);

    private static string[] Told(params (int Memory, int Second)[] looks) =>
        [.. Run(looks, flush: false).Select(told => $"{told.Memory}@{told.Second}")];

    private static List<(int Memory, int Second)> Run(
        (int Memory, int Second)[] looks, bool flush)
    {
        var debounce = new CapacityDebounce(Limit);
        var told = new List<SettledCapacity?>();
        foreach (var (memory, second) in looks)
        {
            var capacity = Capacity(memory);
            (debounce, var settled) = debounce.After(capacity, Fingerprint.Of(capacity), Some.Noon.AddSeconds(second));
            told.Add(settled);
        }

        if (flush)
        {
            (_, var rest) = debounce.Flush();
            told.Add(rest);
        }

        return [.. told.OfType<SettledCapacity>().Select(Pair)];
    }

    private static (int Memory, int Second) Pair(SettledCapacity told) =>
        ((int)told.Capacity.Cells![0].MemoryKiB!.Value, (int)(told.ObservedAt - Some.Noon).TotalSeconds);

    private static HostCapacity Capacity(long memory) =>
        new(null, null, null, null, [new CellCapacity(0, null, memory, null, null)]);
}
