using CsCheck;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Formats.CpuSetDialects;

public sealed class CpuSetDialectTests
{
    private static readonly CpuSetContext Machine = new(
        CpuSet.Range(0, 15), new Dictionary<int, CpuSet> { [0] = CpuSet.Range(0, 7), [1] = CpuSet.Range(8, 15) });

    private static readonly CpuSetContext NoCpus = CpuSetContext.Unknown with { Universe = CpuSet.Empty };

    [Theory]
    [InlineData("kernel", "N", "needs --cpus")]
    [InlineData("kernel", "all:1/2", "needs --cpus")]
    [InlineData("virsh", "reset", "needs --cpus")]
    [InlineData("numactl", "!0", "needs --cpus")]
    [InlineData("numactl", "+0", "needs --cpus")]
    [InlineData("numactl", "all", "needs --cpus")]
    [InlineData("numactl-nodes", "!all", "needs --cpus")]
    [InlineData("xl", "all,^3", "needs --cpus")]
    [InlineData("xl", "nodes:0", "needs --cell")]
    [InlineData("libvirt", "3-1", "'3-1' is no libvirt list: 1 is below 3")]
    [InlineData("libvirt", "1\u001b[2J", "'1\\x1b[2J' is no libvirt list: character 2 does not belong there")]
    [InlineData("taskset-mask", "0xg", "'0xg' is no taskset mask: hexadecimal digits are expected, as in 0xff")]
    public void A_list_that_cannot_be_answered_says_why(string dialect, string text, string message)
    {
        var answer = CpuSetDialect.Parse(dialect, text, CpuSetContext.Unknown);

        Assert.Equal(new CpuSetAnswer.Refused(message), answer);
    }

    [Theory]
    [InlineData("libvirt", "0-2,", "0-2")]
    [InlineData("libvirt", "1-+3", "1-3")]
    [InlineData("kernel", "0-7:1/4\n9", "0,4,9")]
    [InlineData("kernel", "0-3\n9", "0-3")]
    [InlineData("kernel-mask", "0xdeadbeef", "0-3,5-7,9-13,15-16,18-19,21,23,25-28,30-31")]
    [InlineData("numactl", "010", "8")]
    [InlineData("numactl", "1,all", "0-15")]
    [InlineData("numactl", "", "")]
    [InlineData("taskset", "4294967296", "0")]
    [InlineData("taskset", "1;2,3", "1,3")]
    [InlineData("taskset-mask", "", "")]
    [InlineData("xl", "", "")]
    [InlineData("xl", "nodes:0-1,^nodes:1", "0-7")]
    [InlineData("xl", "nodes:9,14-20", "14-15")]
    [InlineData("xl", "4294967297", "1")]
    [InlineData("xl", "0-4294967295", "0-15")]
    public void A_peers_surprises_are_kept(string dialect, string text, string set)
    {
        var context = dialect.StartsWith("kernel-", StringComparison.Ordinal) ? CpuSetContext.Unknown : Machine;

        var answer = CpuSetDialect.Parse(dialect, text, context);

        Assert.Equal(new CpuSetAnswer.Parsed(CpuSet.Parse(set)), answer);
    }

    [Theory]
    [InlineData("libvirt")]
    [InlineData("kernel")]
    [InlineData("virsh")]
    [InlineData("numactl")]
    [InlineData("numactl-nodes")]
    [InlineData("taskset")]
    [InlineData("xl")]
    public void An_absurd_range_is_refused_at_once(string dialect)
    {
        var answer = CpuSetDialect.Parse(dialect, "0-4294967295", CpuSetContext.Unknown);

        Assert.IsType<CpuSetAnswer.Refused>(answer);
    }

    [Fact]
    public void Any_text_gets_an_answer_of_one_clean_line_in_every_dialect() =>
        Gen.Select(Gen.OneOf([.. CpuSetDialect.Names]), Texts(), Gen.OneOf(Machine, NoCpus, CpuSetContext.Unknown))
            .Sample((dialect, text, context) =>
                CpuSetDialect.Parse(dialect, text, context) is not CpuSetAnswer.Refused { Message: var why }
                || !why.Any(char.IsControl));

    [Fact]
    public void Every_list_dialect_reads_the_canonical_list() =>
        Gen.Select(Gen.OneOf("libvirt", "kernel", "virsh", "xl", "numactl", "numactl-nodes", "taskset"), Sets())
            .Sample((dialect, set) => Assert.Equal(
                new CpuSetAnswer.Parsed(set), CpuSetDialect.Parse(dialect, set.ToString(), CpuSetContext.Unknown)));

    [Fact]
    public void A_dialect_that_does_not_exist_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => CpuSetDialect.Parse("klingon", "0", CpuSetContext.Unknown));

    private static Gen<string> Texts() =>
        Gen.Char["0123456789,-^!+:/Nx \n\tarlnodes\0"].Array[0, 12].Select(chars => new string(chars));

    private static Gen<CpuSet> Sets() => Gen.Int[0, 1000].Array[1, 30].Select(ids => CpuSet.Of(ids));
}
