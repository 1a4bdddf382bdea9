using System.Text;
using CsCheck;
using NumaHistory.Schema.Formats.TopologyXml;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>
/// Documents made to do harm take no more room and work than those of a machine. XML itself: HostileXmlTests.
/// </summary>
public sealed class HostileTopologyTests
{
    private const string Good = """
        <capabilities><host><cpu><arch>x86_64</arch></cpu><topology><cells num='2'>
          <cell id='0'><memory unit='KiB'>1048576</memory>
            <pages unit='KiB' size='4'>262144</pages><pages unit='KiB' size='2048'>0</pages>
            <distances><sibling id='0' value='10'/><sibling id='1' value='21'/></distances>
            <cpus num='1'><cpu id='0' socket_id='0' core_id='0' siblings='0,2'/></cpus></cell>
          <cell id='1'><cells num='1'><cell id='3'><cpus num='1'><cpu id='2'/></cpus></cell></cells></cell>
        </cells></topology><cache><bank level='3' cpus='0,2'/></cache></host></capabilities>
        """;

    private static readonly Gen<char> Letter = Gen.Char["<>&'\"=/0123456789-,^ax \n\0\uffff"];

    [Fact]
    public void Sets_of_more_CPUs_than_a_machine_has_are_not_collected()
    {
        var cells = string.Concat(Enumerable.Range(0, 2000).Select(
            id => $"<cell id='{id}'><cpus><cpu id='1048575'/></cpus></cell>"));

        var refused = Read($"<topology><cells>{cells}</cells></topology>").Refused!;

        Assert.Equal("<cells> lists more CPUs than a machine can have", refused.What);
    }

    [Fact]
    public void Lists_of_siblings_count_too_and_one_of_many_threads_only_once()
    {
        var same = Cpus(16384, _ => "0-16383");
        var various = Cpus(20_000, id => $"{id % 16_000},{16_000 + (id / 16_000)}-16383");

        Assert.Null(Read($"<topology><cells><cell id='0'><cpus>{same}</cpus></cell></cells></topology>").Refused);
        Assert.NotNull(Read($"<topology><cells><cell id='0'><cpus>{various}</cpus></cell></cells></topology>").Refused);
    }

    [Fact]
    public void A_cache_of_countless_stretches_is_given_to_nobody()
    {
        var odd = string.Join(',', Enumerable.Range(0, 2000).Select(id => (2 * id) + 1));
        var cpus = string.Concat(Enumerable.Range(0, 3000).Select(id => $"<cpu id='{id}'/>"));

        var reading = Read(
            $"<host><topology><cells><cell id='0'><cpus>{cpus}</cpus></cell></cells></topology>"
            + $"<cache><bank level='3' cpus='{odd}'/></cache></host>");

        Assert.DoesNotContain(reading.Topology!.CpuInfo!, cpu => cpu.L3 is not null);
    }

    [Fact]
    public void Groups_are_followed_as_deep_as_XML_is()
    {
        var deep = string.Concat(Enumerable.Repeat("<cells><cell id='0'>", 48));
        var close = string.Concat(Enumerable.Repeat("</cell></cells>", 48));

        var cell = Read($"<topology>{deep}{close}</topology>").Topology!.Cells![0];

        Assert.Equal(47, cell.Group!.Split('/').Length);
        Assert.Equal("elements are nested deeper than 100", Read($"<topology>{deep}{deep}{deep}").Refused!.What);
    }

    [Fact]
    public void Of_many_problems_the_first_are_told_and_the_rest_are_counted()
    {
        var cpus = string.Concat(Enumerable.Repeat("<cpu/>", 1001));

        var problems = Read($"<topology><cells><cell id='0'><cpus>{cpus}</cpus></cell></cells></topology>").Problems;

        Assert.Equal((51, "951 more problems"), (problems.Count, problems[^1].What));
    }

    [Fact]
    public void Whatever_happens_to_a_document_it_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 40], Letter.Array[0, 5])
            .Array[1, 4]
            .Sample(edits =>
            {
                var text = new StringBuilder(Good);
                foreach (var (at, length, put) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, put);
                }

                var reading = Read(text.ToString());
                Assert.True(reading.Refused is null == reading.Topology?.Fingerprint is not null);
            });

    private static string Cpus(int count, Func<int, string> siblings) =>
        string.Concat(Enumerable.Range(0, count).Select(id => $"<cpu id='{id}' siblings='{siblings(id)}'/>"));

    private static TopologyReading Read(string xml) => TopologyDocuments.Parse(Encoding.UTF8.GetBytes(xml));
}
