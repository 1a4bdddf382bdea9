using CsCheck;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("16GiB", 16L * 1024 * 1024, "16GiB")]
    [InlineData("512MiB", 512L * 1024, "512MiB")]
    [InlineData("2G", 2L * 1024 * 1024, "2GiB")]
    [InlineData("2 gib", 2L * 1024 * 1024, "2GiB")]
    [InlineData("4K", 4, "4KiB")]
    [InlineData("1.5GiB", 1536L * 1024, "1536MiB")]
    [InlineData("0.5M", 512, "512KiB")]
    [InlineData("7.8 GiB", 8178892, "8178892KiB")]
    [InlineData("1T", 1L << 30, "1TiB")]
    [InlineData("3P", 3L << 40, "3PiB")]
    [InlineData("7E", 7L << 50, "7EiB")]
    [InlineData("4096B", 4, "4KiB")]
    [InlineData("0M", 0, "0KiB")]
    public void A_size_is_whole_KiB(string text, long expectedKiB, string canonical)
    {
        var size = MemorySize.TryParse(text);

        Assert.Equal(expectedKiB, size);
        Assert.Equal(canonical, MemorySize.Print(expectedKiB));
    }

    [Theory]
    [InlineData("16", "--memory: '16' has no unit; write 16GiB or 16MiB")]
    [InlineData("16GB", "--memory: '16GB' may mean powers of 1000 or of 1024; write 16GiB")]
    [InlineData("much", "--memory: 'much' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("", "--memory: '' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("-1G", "--memory: '-1G' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("1.G", "--memory: '1.G' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("1..5G", "--memory: '1..5G' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("2Gx", "--memory: '2Gx' is not a size; write it like 16GiB, 512MiB or 2G")]
    [InlineData("1000B", "--memory: '1000B' is not a whole number of KiB")]
    [InlineData("0.3K", "--memory: '0.3K' is not a whole number of KiB")]
    [InlineData("8E", "--memory: '8E' is more memory than can be counted")]
    [InlineData("99999999999999999999999T", "--memory: '99999999999999999999999T' is more memory than can be counted")]
    public void What_is_no_size_is_refused_with_advice(string text, string message)
    {
        var refusal = Assert.Throws<Refusal>(() => MemorySize.Parse("--memory", text));

        Assert.Equal((ExitCode.Usage, message), (refusal.Code, refusal.Message));
        Assert.Null(MemorySize.TryParse(text));
    }

    [Theory]
    [InlineData(0, "0 KiB")]
    [InlineData(1023, "1023 KiB")]
    [InlineData(1024, "1 MiB")]
    [InlineData(2013264, "1.9 GiB")]
    [InlineData(64L * 1024 * 1024, "64 GiB")]
    [InlineData((64L * 1024 * 1024) + 1, "64.0 GiB")]
    [InlineData((1024L * 1024) - 1, "1023.9 MiB")]
    [InlineData(3L * 1024 * 1024 * 1024, "3 TiB")]
    [InlineData(MemorySize.MaxKiB, "7.9 EiB")]
    [InlineData(-1536, "-1.5 MiB")]
    public void For_people_a_size_is_cut_to_a_tenth_of_its_unit(long sizeKiB, string text) =>
        Assert.Equal(text, MemorySize.Human(sizeKiB));

    [Fact]
    public void Printing_and_parsing_gives_the_same_size() =>
        Gen.Select(Gen.Long[0, 4096], Gen.Int[0, 40]).Select((count, shift) => count << shift)
            .Where(size => size <= MemorySize.MaxKiB)
            .Sample(size => Assert.Equal(size, MemorySize.TryParse(MemorySize.Print(size))));

    [Fact]
    public void Any_size_prints_and_parses_back() =>
        Gen.Long[0, MemorySize.MaxKiB].Sample(size => Assert.Equal(size, MemorySize.TryParse(MemorySize.Print(size))));
}
