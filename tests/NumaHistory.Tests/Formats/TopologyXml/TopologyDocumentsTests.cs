using System.Text;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>What a topology document says is kept; what cannot be kept is a problem with its place.</summary>
public sealed class TopologyDocumentsTests
{
    private const string Nested = """
        <topology>
          <cells num='2'>
            <cell id='0'>
              <cells num='2'>
                <cell id='1'><cpus num='2'><cpu id='0'/><cpu id='1'/></cpus><memory size='4194304'/></cell>
                <cell id='2'><cpus num='2'><cpu id='2'/><cpu id='3'/></cpus><memory size='4' unit='GiB'/></cell>
              </cells>
            </cell>
            <cell id='5'><cpus num='1'><cpu id='8'/></cpus></cell>
          </cells>
        </topology>
        """;

    [Fact]
    public void Cells_inside_cells_keep_the_path_of_their_groups()
    {
        var topology = Read(Nested).Topology!;

        Assert.Equal(
            ["1 in 0: 0-1", "2 in 0: 2-3", "5 in : 8"],
            topology.Cells!.Select(cell => $"{cell.Id} in {cell.Group}: {cell.Cpus}"));
        Assert.Equal([4_194_304L, 4_194_304, null], topology.Cells!.Select(cell => cell.MemoryKiB));
        Assert.Null(topology.Cpus.Online);
    }

    [Fact]
    public void Capabilities_tell_architecture_microcode_and_a_Xen_host()
    {
        var reading = Read("""
            <capabilities>
              <host>
                <cpu><arch>x86_64</arch><model>Westmere</model><microcode version='17'/><topology sockets='9'/></cpu>
                <topology><cells num='1'><cell id='0'><cpus num='1'><cpu id='0'/></cpus></cell></cells></topology>
              </host>
              <guest><os_type>xen</os_type><arch name='x86_64'><domain type='xen'/></arch></guest>
            </capabilities>
            """);

        Assert.Equal(("x86_64", "17", "xen"), (reading.Architecture, reading.Settings!.Microcode, reading.Hypervisor));
        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData("capabilities", "4:100 2048:3 1048576:0", "2048:3 1048576:0")]
    [InlineData("capabilities", "64:1000 16384:3", "16384:3")]
    [InlineData("capabilities", "4:100", "")]
    [InlineData("capabilities", "", null)]
    [InlineData("topology", "4:100 2048:3", "2048:3")]
    [InlineData("topology", "64:1000 2048:3", "2048:3")]
    [InlineData("topology", "64:3 2048:3", "64:3 2048:3")]
    [InlineData("topology", "2048:3", "2048:3")]
    public void The_base_page_is_no_pool(string root, string pages, string? pools)
    {
        var listed = pages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(page => page.Split(':'))
            .Select(page => $"<pages unit='KiB' size='{page[0]}'>{page[1]}</pages>");
        var cell = $"<cell id='0'><memory>64000</memory>{string.Concat(listed)}</cell>";
        var topology = $"<topology><cells>{cell}</cells></topology>";

        var reading = Read(root == "topology" ? topology : $"<capabilities><host>{topology}</host></capabilities>");

        var seen = reading.Topology!.Cells![0].Pages?.Select(pool => $"{pool.SizeKiB}:{pool.Total}");
        Assert.Equal(pools, seen is null ? null : string.Join(' ', seen));
    }

    [Fact]
    public void A_number_that_the_firmware_did_not_give_is_not_known()
    {
        var reading = Read(
            "<cells><cell id='0'><distances><sibling id='0' value='10'/><sibling id='1' value='0'/></distances>"
            + "<cpus><cpu id='0' socket_id='-1' die_id='65535' cluster_id='65535' core_id='0'/></cpus></cell></cells>");

        Assert.Equal(new CpuInfo(0, Core: 0), Assert.Single(reading.Topology!.CpuInfo!));
        Assert.Equal([new CellDistance(0, 10)], reading.Topology.Cells![0].Distances!);
        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData("<cpus num='3'><cpu id='0'/></cpus>", "<cpus> says that it has 3 CPUs, but lists 1")]
    [InlineData("<cpus>0-3</cpus>", "<cpus> holds '0-3', not <cpu id='N'/> for each")]
    [InlineData("<cpus><cpu/></cpus>", "<cpu> has no id")]
    [InlineData("<cpus><cpu id='2000000'/></cpus>", "<cpu> has the id '2000000', which no CPU can have")]
    [InlineData("<cpus><cpu id='1' core_id='x'/></cpus>", "<cpu> core_id='x' is not a number")]
    [InlineData("<cpus><cpu id='1' siblings='0,2'/></cpus>", "<cpu> has the siblings '0,2', which lack CPU 1 itself")]
    [InlineData("<memory>lots</memory>", "<memory> 'lots' is not a size")]
    [InlineData("<memory unit='pages'>1</memory>", "<memory> unit='pages' is not a unit of memory")]
    [InlineData("<memory unit='EiB'>1</memory>", "<memory> is 1125899906842624 KiB, more than any machine can address")]
    [InlineData("<pages size='2048'>many</pages>", "<pages> holds 'many', which is no number of pages")]
    [InlineData("<pages>1</pages>", "<pages> has no size")]
    [InlineData("<distances><sibling id='0' value='far'/></distances>", "<sibling> value='far' is not a number")]
    [InlineData(
        "<cells><cell id='3'/></cells><cpus><cpu id='7'/></cpus>",
        "<cell> holds cells, and CPUs 7 that are in none of them")]
    [InlineData(
        "<cells><cell id='3'/></cells><memory>9</memory>",
        "<cell> holds cells, and 9 KiB that are not the sum of theirs and are left out")]
    public void What_cannot_be_kept_is_a_problem_with_its_place(string part, string what)
    {
        var reading = Read($"<topology><cells num='1'>\n<cell id='0'>{part}</cell></cells></topology>");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((2, what), (problem.Line, problem.What));
        Assert.NotNull(problem.Column);
        Assert.Single(reading.Topology!.Cells!);
    }

    [Fact]
    public void A_group_may_say_again_what_its_cells_have()
    {
        var reading = Read(
            "<cells><cell id='0'><memory>6</memory><cpus num='2'><cpu id='0'/><cpu id='1'/></cpus><cells>"
            + "<cell id='1'><memory>2</memory><cpus><cpu id='0'/></cpus></cell>"
            + "<cell id='2'><memory>4</memory><cpus><cpu id='1'/></cpus></cell></cells></cell></cells>");

        Assert.Equal(["1: 0", "2: 1"], reading.Topology!.Cells!.Select(cell => $"{cell.Id}: {cell.Cpus}"));
        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData("<cells><cell id='0'/><cell id='0'/></cells>", 23, "<cell> has the id 0, which another cell has too")]
    [InlineData("<cells><cell id='-1'/></cells>", 9, "<cell> has the id '-1', which no cell can have")]
    [InlineData("<topology><cells><cell/></cells></topology>", 19, "<cell> has no id")]
    [InlineData("<capabilities><host/></capabilities>", 2, "<capabilities> holds no <topology> with <cells>")]
    [InlineData("<topology sockets='1'/>", 2, "<topology> holds no <topology> with <cells>")]
    [InlineData("<topology><object/></topology>", 2, "<topology> is XML of hwloc, which is not read yet")]
    [InlineData("<!DOCTYPE topology SYSTEM \"hwloc2.dtd\"><topology/>", 3, "is XML of hwloc, which is not read yet")]
    [InlineData("<!DOCTYPE a><topology/>", 3, "a document type is not allowed")]
    [InlineData("<cells/><topology/>", 10, "<topology> begins a second document; a host has one topology")]
    public void What_is_no_topology_is_refused_with_its_place(string xml, int column, string why) =>
        Assert.Equal(new Problem("", 1, why) { Column = column }, Read(xml).Refused);

    private static TopologyReading Read(string xml) => TopologyDocuments.Parse(Encoding.UTF8.GetBytes(xml));
}
