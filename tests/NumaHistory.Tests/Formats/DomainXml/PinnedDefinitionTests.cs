using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>A guest's own document with another pinning in it: what says where it runs is new, all else is as it was.</summary>
public sealed class PinnedDefinitionTests
{
    private static readonly string[] Pinned = ["vcpupin", "emulatorpin", "iothreadpin"];

    /// <summary>A definition that has much beside its pins.</summary>
    internal static string Rich => File.ReadAllText(Repository.At("tests", "NumaHistory.Tests", "Formats", "DomainXml", "rich-domain.xml"));

    [Fact]
    public void Only_what_says_where_it_runs_is_other_than_before() => Snapshot.Matches(Repinned(Rich, Placed(Read(Rich))), extension: "xml");

    [Fact]
    public void What_is_not_there_is_put_where_libvirt_has_it()
    {
        const string bare = "<domain type='kvm'>\n  <name>bare</name>\n  <memory unit='GiB'>2</memory>\n  <os/>\n  <cpu mode='host-model'/>\n  <devices/>\n</domain>\n";
        GuestCell[] cells = [new(0, CpuSet.Of(0), 1 << 20, MemoryMode.Strict, CpuSet.Of(2)), new(1, CpuSet.Empty, 1 << 20, MemoryMode.Strict, CpuSet.Of(3))];

        Snapshot.Matches(Repinned(bare, Placed(Read(bare)) with { GuestCells = cells, Pages = [new GuestPages(2048, null)] }), extension: "xml");
    }

    [Theory]
    [InlineData("<memoryBacking><hugepages/><locked/></memoryBacking>", null, "<memoryBacking><locked/></memoryBacking>")]
    [InlineData("<memoryBacking><hugepages><page size='2' unit='M'/></hugepages></memoryBacking>", 2048L, "<memoryBacking><hugepages><page size='2' unit='M'/></hugepages></memoryBacking>")]
    [InlineData("<memoryBacking/>", 2048L, "<memoryBacking>\n    <hugepages>\n      <page size='2048' unit='KiB'/>\n    </hugepages>\n  </memoryBacking>")]
    [InlineData("<memoryBacking><locked/></memoryBacking>", 2048L, "<memoryBacking><locked/>\n    <hugepages>\n      <page size='2048' unit='KiB'/>\n    </hugepages>\n  </memoryBacking>")]
    public void Page_sizes_are_those_of_the_pinning(string own, long? size, string expected)
    {
        var text = $"<domain>\n  <name>a</name>\n  <memory>1</memory>\n  {own}\n</domain>";

        Assert.Contains(expected, Repinned(text, Placed(Read(text)) with { Pages = size is null ? [] : [new GuestPages(size, null)] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!-- first -->\n<domain>\n</domain>\n<!-- last -->", "<!-- first -->\n<domain>", "</domain>\n<!-- last -->\n")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?>\n<domain>\n</domain>", "<domain>", "</domain>\n")]
    [InlineData("<domstatus state='running'>\n  <vcpus/>\n  <domain>\n  </domain>\n</domstatus>", "<domain>", "</domain>\n")]
    [InlineData("<domain>\r\n</domain>\r\n", "<domain>\r\n  <name>unnamed</name>\r\n", "  </numatune>\r\n</domain>\n")]
    [InlineData("<domain><metadata><domain><name>no</name></domain></metadata></domain>", "<domain>", "</domain>\n")]
    [InlineData("<domain><name>a</name><description><![CDATA[</domain> <cputune>]]></description></domain>", "<domain><name>a</name><description><![CDATA[</domain> <cputune>]]></description>", "</domain>\n")]
    public void What_is_around_a_definition_stays_if_it_is_the_only_one(string text, string start, string end)
    {
        var pinned = Repinned(text, Placed(Read(text)));

        Assert.StartsWith(start, pinned, StringComparison.Ordinal);
        Assert.EndsWith(end, pinned, StringComparison.Ordinal);
        Assert.Contains("<vcpupin vcpu='0' cpuset='16'/>", pinned, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_do_not_say_what_they_are_are_left_alone()
    {
        var bytes = new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes("<domain><name>a</name></domain>");

        Assert.Null(Repinned(bytes, new GuestPins("a"), new GuestPins("a")));
    }

    [Fact]
    public void Pins_alone_are_no_definition() => Assert.Null(Repinned("<cpus><pin vcpu='0' cpulist='2,3'/></cpus>"u8.ToArray(), new GuestPins("a"), new GuestPins("a")));

    [Theory]
    [InlineData("<node>1</node>", "3")]
    [InlineData("<node>7</node>", "2")]
    [InlineData("", "2")]
    public void A_memory_device_goes_with_its_guest_cell(string node, string cells)
    {
        var text = $"<domain>\n  <name>a</name>\n  <devices>\n    <memory model='dimm'><source><nodemask>0</nodemask></source><target><size>1</size>{node}</target></memory>\n"
            + "    <memory model='dimm'><target><size>1</size></target></memory>\n  </devices>\n</domain>";
        GuestCell[] placed = [new(0, CpuSet.Of(0), 1 << 20, MemoryMode.Strict, CpuSet.Of(1)), new(1, CpuSet.Empty, 1 << 20, MemoryMode.Strict, CpuSet.Of(3))];

        var devices = XElement.Parse(Repinned(text, Placed(Read(text)) with { GuestCells = placed })).Element("devices")!.Elements("memory").ToList();

        Assert.Equal(cells, devices[0].Element("source")!.Element("nodemask")!.Value);
        Assert.Null(devices[1].Element("source"));
        Assert.Equal(2, MemoryDevices.Count(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(0, MemoryDevices.Count("<domain><memory>1</memory><numatune><memory nodeset='0'/></numatune><devices><disk><memory/></disk></devices></domain>"u8.ToArray()));
    }

    [Fact]
    public void Pins_of_2007_go()
    {
        const string old = "<domain>\n  <name>a</name>\n  <vcpu>2</vcpu>\n  <cpus>\n    <pin vcpu='0' cpulist='2,3'/>\n  </cpus>\n  <cell>1</cell>\n</domain>";

        var pinned = Repinned(old, Placed(Read(old)));

        Assert.Equal("16-17", Read(pinned).Pins.Select(pin => pin.Cpus!).Aggregate((all, one) => all.Union(one)).ToString());
        Assert.DoesNotContain("cell>", pinned, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_in_another_encoding_keeps_its_letters()
    {
        var text = $"<?xml version='1.0' encoding='ISO-8859-1'?>{Environment.NewLine}<domain><name>a</name><title>Bücher</title></domain>";

        Assert.Contains("<title>Bücher</title>", Repinned(Encoding.Latin1.GetBytes(text), Read(text), Placed(Read(text))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_name_is_the_guests()
    {
        var before = Read(Rich);

        Assert.Equal("a<b", Read(Repinned(Rich, Placed(before) with { Guest = "a<b" })).Guest);
    }

    [Fact]
    public void Whatever_libvirt_keeps_has_the_new_pinning_and_all_else_as_it_was() => Rule.Holds(
        from line in File.ReadLines(Repository.At("tests", "NumaHistory.Tests", "Formats", "DomainXml", "libvirt-answers.jsonl"))
        let answer = JsonDocument.Parse(line).RootElement
        where answer.TryGetProperty("kept", out var text) && text.GetString() is not null
        from broken in Broken(answer.GetProperty("kept").GetString()!)
        select $"{answer.GetProperty("name").GetString()}: {broken}");

    /// <summary>What a document has lost or kept wrongly once another pinning is in it.</summary>
    internal static IEnumerable<string> Broken(string text)
    {
        var before = Read(text);
        var after = Placed(before);
        var pinned = Repinned(text, after);
        // The masks of memory devices are cell 2 in both.
        var (was, now) = (Rest(text), Rest(pinned));
        if (XElement.Parse(pinned).Descendants("nodemask").Any(mask => mask.Value != "2"))
        {
            yield return $"a memory device stays behind in {pinned}";
        }

        if (!XNode.DeepEquals(was, now))
        {
            yield return $"{was} is {now}";
        }

        var again = Read(pinned);
        if (Json(again) != Json(after with { Layer = again.Layer, State = again.State, GuestCells = again.GuestCells })
            || !again.GuestCells.Select(cell => cell.Cells).SequenceEqual(after.GuestCells.Select(cell => cell.Cells)))
        {
            yield return $"{Json(after)} comes back as {Json(again)}";
        }
    }

    // All that a pinning is not about.
    private static XElement Rest(string text)
    {
        var domain = XElement.Parse(text).DescendantsAndSelf("domain").First(one => one.Parent is null || one.Element("name") is not null);
        domain.Elements("vcpu").Remove();
        domain.Elements("memory").Remove();
        domain.Elements("numatune").Remove();
        domain.Elements("cputune").Elements().Where(one => Pinned.Contains(one.Name.LocalName)).Remove();
        domain.Elements("cputune").Where(one => one.IsEmpty || !one.HasElements).Remove();
        foreach (var mask in domain.Elements("devices").Elements("memory").Elements("source").Elements("nodemask"))
        {
            mask.Value = "2";
        }

        domain.DescendantNodes().OfType<XText>().Where(one => string.IsNullOrWhiteSpace(one.Value)).Remove();
        return new XElement(domain);
    }

    // As place would: one CPU for each vCPU, in cell 2, and what the document says of pages and cells.
    internal static GuestPins Placed(GuestPins guest) => guest with
    {
        Placement = "static",
        Cpus = null,
        Pins = [.. Enumerable.Range(0, guest.Vcpus!.Maximum).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of(16 + vcpu)))],
        Emulator = CpuSet.Of(8),
        Iothreads = [.. guest.Iothreads.Select(thread => thread with { Cpus = CpuSet.Of(8) })],
        Memory = new MemoryBinding(MemoryMode.Strict, CpuSet.Of(2)),
        GuestCells = [.. guest.GuestCells.Select(cell => cell with { Mode = MemoryMode.Strict, Cells = CpuSet.Of(2) })],
    };

    internal static string Repinned(string text, GuestPins after) => Repinned(Encoding.UTF8.GetBytes(text), Read(text), after)!;

    private static string? Repinned(byte[] text, GuestPins before, GuestPins after) => PinnedDefinition.Of(text, before, after);

    internal static GuestPins Read(string text) => Assert.Single(DomainDocuments.Parse(Encoding.UTF8.GetBytes(text.Replace("ISO-8859-1", "UTF-8", StringComparison.Ordinal)), "unnamed").Guests).Pins;

    private static string Json(GuestPins guest) => JsonSerializer.Serialize(guest, Schema.Contract.FactJson.Default.GuestPins);
}
