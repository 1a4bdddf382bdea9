using CsCheck;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class KernelMaskTests
{
    [Theory]
    [InlineData("ff", "0-7")]
    [InlineData("0000,000000ff,ff000000", "24-39")]
    [InlineData("0", "")]
    [InlineData("00000000,00000000", "")]
    [InlineData("1,00000000", "32")]
    [InlineData("80000000", "31")]
    public void Groups_of_32_CPUs_stand_highest_first(string mask, string cpus)
    {
        Assert.True(KernelMask.TryParse(mask, out var set));

        Assert.Equal(CpuSet.Parse(cpus), set);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x3")]
    [InlineData("ff,ff")]
    [InlineData("ff,")]
    [InlineData(",000000ff")]
    [InlineData("123456789")]
    [InlineData("0-3")]
    [InlineData(" ff")]
    public void Other_text_is_no_mask(string text) => Assert.False(KernelMask.TryParse(text, out _));

    [Fact]
    public void A_mask_of_any_set_gives_the_set_back() =>
        Gen.Int[0, 300].Array[0, 40].Sample(ids =>
        {
            var groups = Enumerable.Range(0, 10).Reverse()
                .Select(group =>
                    ids.Where(id => id / 32 == group).Aggregate(0u, (bits, id) => bits | (1u << (id % 32))));

            Assert.True(KernelMask.TryParse(string.Join(',', groups.Select(bits => bits.ToString("x8"))), out var set));

            Assert.Equal(CpuSet.Of(ids), set);
        });
}
