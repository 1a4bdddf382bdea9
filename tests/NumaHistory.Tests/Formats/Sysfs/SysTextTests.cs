using System.Text;
using NumaHistory.Schema.Formats.Sysfs;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class SysTextTests
{
    [Theory]
    [InlineData("0-3\n", "0-3", null)]
    [InlineData("\n", "", null)]
    [InlineData("0-3\n\0\0", "0-3", "ends in 2 NUL bytes")]
    [InlineData("0-3", "0-3", "has no line feed at its end: it may be cut off")]
    [InlineData("", null, "is empty")]
    [InlineData("\0\0\0", null, "holds nothing but NUL bytes")]
    [InlineData("0\0-3\n", null, "is not text")]
    [InlineData("0-3\u001b[1m\n", null, "is not text")]
    public void What_stands_before_padding_counts(string bytes, string? text, string? fault) =>
        Assert.Equal(new SysText(text, fault), SysText.Of(Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_text() => Assert.Null(SysText.Of([0x30, 0xff, 0x0a]).Text);
}
