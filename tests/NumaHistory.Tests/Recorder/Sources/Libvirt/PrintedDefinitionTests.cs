using System.Xml.Linq;
using CsCheck;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Formats.DomainXml;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>A printed pinning, defined by libvirt, is given back by libvirt as it was printed.</summary>
public sealed class PrintedDefinitionTests
{
    public PrintedDefinitionTests() => LibvirtHere.Require();

    [Fact]
    public void A_whole_pinning_comes_back_unchanged() => Rule.Holds(Changed(PrintedGuests.Whole));

    [Fact]
    public void What_the_host_places_comes_back_unchanged() => Rule.Holds(Changed(new GuestPins(
        "placed",
        Vcpus: new GuestVcpus(2, 2),
        MemoryKiB: 65536,
        CurrentMemoryKiB: 65536,
        Placement: "auto",
        Memory: new MemoryBinding(MemoryMode.Strict, null))));

    [Theory]
    [InlineData(1, CpuKind.Dedicated)]
    [InlineData(2, CpuKind.Dedicated)]
    [InlineData(1, CpuKind.Shared)]
    [InlineData(2, CpuKind.Shared)]
    public void What_place_proposes_comes_back_unchanged(int cells, CpuKind cpu)
    {
        var topology = Questions.Machine().Topology();
        var host = new FitHost("h1", topology, Questions.Free(topology));
        var wish = new GuestWish("placed", 2 * cells, 2 * Questions.GiB, cpu, cells);
        var rooms = HostRooms.Of(host, [], wish);
        var answer = Placer.Place(new PlacementRequest(rooms, new PlacementGuest(wish.Demands(cells, null))));

        Rule.Holds(Changed(PlacedGuest.Of(PlacedGuest.WithEmulator(answer.Candidates[0].Cells!, rooms, wish), wish)));
    }

    [Fact]
    public void Any_pinning_comes_back_unchanged() =>
        PrintedGuests.Any.Sample(guest => Rule.Holds(Changed(guest)), iter: 200, threads: 1);

    [Fact]
    public void A_guests_own_definition_with_another_pinning_is_kept_with_all_that_it_has_beside()
    {
        var before = PinnedDefinitionTests.Read(PinnedDefinitionTests.Rich);
        var pinned = PinnedDefinitionTests.Repinned(PinnedDefinitionTests.Rich, PinnedDefinitionTests.Placed(before));
        using var manager = new TestDriver();

        var (was, kept) = (XElement.Parse(PinnedDefinitionTests.Rich), XElement.Parse(TestDriver.Kept(manager.Define(pinned))));

        Assert.Equal(
            ["16", "17", "18", "19", "8", "8", "8"],
            kept.Element("cputune")!.Elements().Select(one => one.Attribute("cpuset")?.Value).OfType<string>());
        Assert.Equal(["2", "2", "2"], kept.Element("numatune")!.Elements().Select(one => one.Attribute("nodeset")!.Value));
        Assert.All(["shares", "period", "vcpusched"], name => Assert.Equal($"{was.Element("cputune")!.Element(name)}", $"{kept.Element("cputune")!.Element(name)}"));
        Assert.All(["model", "topology", "feature"], name => Assert.Equal($"{was.Element("cpu")!.Element(name)}", $"{kept.Element("cpu")!.Element(name)}"));
        Assert.All(["metadata", "title"], name => Assert.Equal($"{was.Element(name)}", $"{kept.Element(name)}"));
        Assert.NotNull(kept.Element("memoryBacking")!.Element("locked"));
        Assert.Equal("shared", kept.Element("cpu")!.Element("numa")!.Element("cell")!.Attribute("memAccess")!.Value);
    }

    private static List<string> Changed(GuestPins guest)
    {
        using var manager = new TestDriver();
        var printed = XElement.Parse(PinningPrinterTests.Printed(guest));
        var definition = new XElement(printed);
        definition.SetAttributeValue("type", "test");
        definition.Add(new XElement("os", new XElement("type", new XAttribute("arch", "i686"), "hvm")));

        var kept = XElement.Parse(TestDriver.Kept(manager.Define(definition.ToString())));

        // A guest with cells has as much memory as they have together, whatever is written.
        return
        [
            .. from element in printed.Elements()
               where guest.GuestCells.Count == 0 || element.Name.LocalName is not ("memory" or "currentMemory")
               where !XNode.DeepEquals(element, kept.Element(element.Name))
               select $"{element} is kept as {kept.Element(element.Name)}",
        ];
    }
}
