using CsCheck;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Topology;

public sealed class CpuSetTests
{
    private static readonly Gen<CpuSet> Sets = Gen.Int[0, 300].Array[0, 40].Select(ids => CpuSet.Of(ids));

    [Fact]
    public void Printing_and_parsing_gives_the_same_set() =>
        Sets.Sample(set => Assert.Equal(set, CpuSet.Parse(set.ToString())));

    [Fact]
    public void Union_less_one_side_is_the_rest_of_the_other() =>
        Gen.Select(Sets, Sets).Sample((a, b) => Assert.Equal(a.Except(b), a.Union(b).Except(b)));

    [Theory]
    [InlineData("0-3,8", 5, 0, 8)]
    [InlineData("", 0, -1, -1)]
    [InlineData("64", 1, 64, 64)]
    [InlineData("63-64", 2, 63, 64)]
    public void A_list_knows_its_members(string text, int count, int first, int last)
    {
        var set = CpuSet.Parse(text);

        Assert.Equal((count, first, last), (set.Count, set.First, set.Last));
        Assert.Equal(text, set.ToString());
    }

    [Theory]
    [InlineData("3-1")]
    [InlineData("a")]
    [InlineData("0,")]
    [InlineData("-1")]
    [InlineData("0-4294967295")]
    public void Text_that_is_no_list_is_refused(string text) => Assert.False(CpuSet.TryParse(text, out _));
}
