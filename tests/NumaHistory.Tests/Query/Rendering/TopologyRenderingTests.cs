using System.Xml.Linq;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class TopologyRenderingTests
{
    [Fact]
    public void A_topology_as_a_table_has_a_line_for_each_cell() => Snapshot.Matches(Looks.Seen(
        new TopologyRendering(), [TopologyPictureTests.Item("db1", TopologyPictureTests.TwoSockets())], Looks.Plain));

    [Fact]
    public void A_wide_topology_says_since_when_and_from_whom() => Snapshot.Matches(Looks.Seen(
        new TopologyRendering(),
        [TopologyPictureTests.Item("db1", TopologyPictureTests.TwoSockets()) with { Until = Some.Minute(5) }],
        Looks.Plain with { Wide = true }));

    [Fact]
    public async Task XML_is_the_topology_element_of_libvirt()
    {
        var reading = await RecordedHost.ReadAsync("numa4-hugepages-isolcpus");

        var xml = Looks.Seen(text => TopologyPrinter.Write(text, reading.Topology));

        Assert.Equal("4", XDocument.Parse(xml).Root!.Element("cells")!.Attribute("num")!.Value);
        Snapshot.Matches(xml, extension: "xml");
    }
}
